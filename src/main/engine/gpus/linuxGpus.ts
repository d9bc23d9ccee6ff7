import { readdir, readFile, readlink } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Gpu } from '../../../shared/domain/engine.ts'
import { makerOfVendor } from './makerOf.ts'
import { findPciName } from './findPciName.ts'
import { nvidiaSmiArguments, readNvidiaSmi } from './readNvidiaSmi.ts'
import type { RunCommand } from './runCommand.ts'

const pciLists = ['/usr/share/misc/pci.ids', '/usr/share/hwdata/pci.ids']

/**
 * The display controllers on the PCI bus, as the kernel lists them under /sys, and what NVIDIA's driver knows of its own. In a
 * container only the second may be in sight.
 *
 * @param root where the system's folders are; a test has others
 */
export async function linuxGpus(run: RunCommand, root = '/'): Promise<Gpu[]> {
  const [devices, ofNvidia, printed] = await Promise.all([
    pciDevices(join(root, 'sys/bus/pci/devices')),
    nvidiaInformation(join(root, 'proc/driver/nvidia/gpus')),
    run('nvidia-smi', nvidiaSmiArguments),
  ])
  const placed = new Map<string, Gpu>()
  if (devices.length > 0) {
    const names = await firstText(pciLists.map((file) => join(root, file)))
    for (const { slot, vendor, device, driver, memoryBytes } of devices) {
      const name = findPciName(names, vendor, device) ?? `GPU ${vendor}:${device}`
      placed.set(slot, { name, maker: makerOfVendor(vendor), driver, memoryBytes })
    }
  }
  for (const [slot, model] of ofNvidia) {
    const known = placed.get(slot)
    placed.set(slot, { maker: 'nvidia', driver: known?.driver ?? 'nvidia', memoryBytes: known?.memoryBytes ?? null, name: model })
  }
  for (const { slot, gpu } of readNvidiaSmi(printed)) placed.set(slot, gpu)
  return [...placed.values()]
}

interface PciDevice {
  readonly slot: string
  readonly vendor: string
  readonly device: string
  readonly driver: string | null
  readonly memoryBytes: number | null
}

async function pciDevices(folder: string): Promise<PciDevice[]> {
  const slots = await list(folder)
  const found = await Promise.all(slots.map((slot) => pciDevice(folder, slot)))
  return found.filter((device) => device !== null)
}

/** Null for what is no display controller: those have classes 0x0300 to 0x03ff. */
async function pciDevice(folder: string, slot: string): Promise<PciDevice | null> {
  const at = join(folder, slot)
  if (!(await text(join(at, 'class'))).startsWith('0x03')) return null
  const [vendor, device, memory] = await Promise.all(['vendor', 'device', 'mem_info_vram_total'].map((name) => text(join(at, name))))
  const driver = await readlink(join(at, 'driver')).then(
    (target) => basename(target),
    () => null,
  )
  return {
    slot,
    vendor: vendor!.slice(2),
    device: device!.slice(2),
    driver,
    memoryBytes: Number(memory) > 0 ? Number(memory) : null,
  }
}

/** `Model: 		 NVIDIA GeForce RTX 3090`, in a folder for each place on the bus. */
async function nvidiaInformation(folder: string): Promise<[slot: string, model: string][]> {
  const slots = await list(folder)
  const found = await Promise.all(
    slots.map(async (slot): Promise<[string, string] | null> => {
      const [, model] = /^Model:\s*(\S.*)$/m.exec(await text(join(folder, slot, 'information'))) ?? []
      return model ? [slot, model.trim()] : null
    }),
  )
  return found.filter((each) => each !== null)
}

async function firstText(files: readonly string[]): Promise<string> {
  for (const file of files) {
    const found = await text(file)
    if (found) return found
  }
  return ''
}

function text(file: string): Promise<string> {
  return readFile(file, 'utf8').then(
    (content) => content.trimEnd(),
    () => '',
  )
}

function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}
