import { expect, it } from 'vitest'
import { defaultWorkspace } from '../../../../src/main/files/defaultWorkspace.ts'

it('is in the folder that Electron gives the app on each platform', () => {
  const slashes = (path: string) => path.replaceAll('\\', '/')
  expect(slashes(defaultWorkspace('linux', {}, '/home/ada'))).toBe('/home/ada/.local/share/Enhancer Workbench/workspace')
  expect(slashes(defaultWorkspace('linux', { XDG_DATA_HOME: '/data' }, '/home/ada'))).toBe('/data/Enhancer Workbench/workspace')
  expect(slashes(defaultWorkspace('darwin', {}, '/Users/ada'))).toBe('/Users/ada/Library/Application Support/Enhancer Workbench/workspace')
  expect(slashes(defaultWorkspace('win32', { APPDATA: 'C:/Roaming' }, 'C:/ada'))).toBe('C:/Roaming/Enhancer Workbench/workspace')
})
