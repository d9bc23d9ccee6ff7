import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryFolder } from '../temporaryFolder.ts'

export const INDEX = '<!doctype html><meta name="csp-nonce" content=""><title>Enhancer Workbench</title>'

/** A built page: index.html, a script with a hashed name, an icon; and beside its folder a file that is nobody's business. */
export async function builtPage(): Promise<string> {
  const folder = temporaryFolder()
  const page = join(folder, 'renderer')
  await mkdir(join(page, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(page, 'index.html'), INDEX)
  await writeFile(join(page, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(page, 'assets', 'index-3f2a.js'), 'export {}')
  return page
}
