import { expect, it } from 'vitest'
import { openerOf } from '../../../../src/main/browser/openInBrowser.ts'

it('names the platform’s own opener', () => {
  expect(openerOf('darwin', {})).toEqual(['open'])
  expect(openerOf('win32', {})).toEqual(['rundll32', 'url.dll,FileProtocolHandler'])
  expect(openerOf('linux', { DISPLAY: ':0' })).toEqual(['xdg-open'])
  expect(openerOf('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open'])
})

it('opens nothing where nobody would see it', () => {
  expect(openerOf('linux', {})).toBeNull()
  for (const platform of ['darwin', 'win32', 'linux'] as const) expect(openerOf(platform, { CI: 'true', DISPLAY: ':0' })).toBeNull()
})
