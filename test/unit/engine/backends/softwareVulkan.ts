import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'

/** Chromium's package brings a Vulkan driver that computes on the processor (SwiftShader), and the loader that Dawn looks for. */
const folders = [process.env['SOFTWARE_VULKAN'], '/usr/lib/chromium', '/usr/lib64/chromium-browser', '/opt/google/chrome']
const home = folders.find(
  (folder) => folder && ['vk_swiftshader_icd.json', 'libvulkan.so.1'].every((file) => existsSync(join(folder, file))),
)

const KEEP_LOADED = 0x1000

/** Why there is no GPU to test with; undefined where there is one. */
export const noVulkan = home ? undefined : 'no software Vulkan driver: Chromium’s package brings one (Debian: apt-get install chromium)'

/** For a process to come: it finds a GPU that a processor plays. */
export const softwareVulkan: NodeJS.ProcessEnv = home
  ? { VK_DRIVER_FILES: join(home, 'vk_swiftshader_icd.json'), LD_LIBRARY_PATH: home }
  : {}

/** For this process: the loader is loaded by its path, so that it is there when Dawn asks for it by its name. */
export function useSoftwareVulkan(): void {
  if (!home) return
  process.env['VK_DRIVER_FILES'] = softwareVulkan['VK_DRIVER_FILES']
  try {
    process.dlopen({ exports: {} }, join(home, 'libvulkan.so.1'), constants.dlopen.RTLD_NOW | KEEP_LOADED)
  } catch (fault) {
    // It is loaded, but is no module of Node's.
    if (!String(fault).includes('did not self-register')) throw fault
  }
}
