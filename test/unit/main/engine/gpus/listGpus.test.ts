import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findPciName } from '../../../../../src/main/engine/gpus/findPciName.ts'
import { linuxGpus } from '../../../../../src/main/engine/gpus/linuxGpus.ts'
import { listGpus } from '../../../../../src/main/engine/gpus/listGpus.ts'
import { readNvidiaSmi } from '../../../../../src/main/engine/gpus/readNvidiaSmi.ts'
import { readSystemProfiler } from '../../../../../src/main/engine/gpus/readSystemProfiler.ts'
import { readVideoControllers } from '../../../../../src/main/engine/gpus/readVideoControllers.ts'

const pciIds = `# List of PCI ID's
1002  Advanced Micro Devices, Inc. [AMD/ATI]
\t73bf  Navi 21 [Radeon RX 6800/6800 XT / 6900 XT]
\t\t1002 0e3a  Radeon RX 6900 XT
10de  NVIDIA Corporation
\t2204  GA102 [GeForce RTX 3090]
8086  Intel Corporation
\t3e9b  CoffeeLake-H GT2 [UHD Graphics 630]
\t2204  Not the one of NVIDIA
`
const smi = 'NVIDIA GeForce RTX 3090, 550.54.14, 24576, 00000000:01:00.0\n'
const nothing = () => Promise.resolve(null)

/** A system's folders with these files, and links where the content begins with `->`. */
function system(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'system-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    if (content.startsWith('->')) symlinkSync(content.slice(2), join(root, name))
    else writeFileSync(join(root, name), content)
  }
  return root
}
const pci = (slot: string, of: { class: string; vendor: string; device: string; driver?: string; memory?: string }) => ({
  [`sys/bus/pci/devices/${slot}/class`]: `${of.class}\n`,
  [`sys/bus/pci/devices/${slot}/vendor`]: `${of.vendor}\n`,
  [`sys/bus/pci/devices/${slot}/device`]: `${of.device}\n`,
  ...(of.driver && { [`sys/bus/pci/devices/${slot}/driver`]: `->../../drivers/${of.driver}` }),
  ...(of.memory && { [`sys/bus/pci/devices/${slot}/mem_info_vram_total`]: `${of.memory}\n` }),
})

describe('linuxGpus', () => {
  it('finds the display controllers on the bus, by the names people know', async () => {
    const root = system({
      ...pci('0000:00:02.0', { class: '0x030000', vendor: '0x8086', device: '0x3e9b', driver: 'i915' }),
      ...pci('0000:03:00.0', { class: '0x038000', vendor: '0x1002', device: '0x73bf', driver: 'amdgpu', memory: '17163091968' }),
      ...pci('0000:04:00.0', { class: '0x030200', vendor: '0x10de', device: '0xffff' }),
      ...pci('0000:05:00.0', { class: '0x020000', vendor: '0x8086', device: '0x1533', driver: 'igb' }),
      'usr/share/hwdata/pci.ids': pciIds,
    })
    expect(await linuxGpus(nothing, root)).toEqual([
      { name: 'Intel UHD Graphics 630', maker: 'intel', driver: 'i915', memoryBytes: null },
      { name: 'AMD Radeon RX 6800/6800 XT / 6900 XT', maker: 'amd', driver: 'amdgpu', memoryBytes: 17163091968 },
      { name: 'GPU 10de:ffff', maker: 'nvidia', driver: null, memoryBytes: null },
    ])
  })

  it('knows one GPU from three sources as one', async () => {
    const root = system({
      ...pci('0000:01:00.0', { class: '0x030000', vendor: '0x10de', device: '0x2204', driver: 'nvidia' }),
      'proc/driver/nvidia/gpus/0000:01:00.0/information': 'Model: \t\t NVIDIA GeForce RTX 3090\nIRQ:   \t\t 72\n',
    })
    const one = { name: 'NVIDIA GeForce RTX 3090', maker: 'nvidia', driver: 'nvidia', memoryBytes: null }
    expect(await linuxGpus(nothing, root)).toEqual([one])
    expect(await linuxGpus(() => Promise.resolve(smi), root)).toEqual([{ ...one, driver: 'NVIDIA 550.54.14', memoryBytes: 24 * 2 ** 30 }])
  })

  it('finds none where there is none, nor where nothing can be read', async () => {
    expect(await linuxGpus(nothing, system({}))).toEqual([])
  })
})

describe('findPciName', () => {
  it('looks below the maker, and no further', () => {
    expect(findPciName(pciIds, '10de', '2204')).toBe('NVIDIA GeForce RTX 3090')
    expect(findPciName(pciIds, '1002', '2204')).toBeUndefined()
    expect(findPciName(pciIds, '1234', '2204')).toBeUndefined()
    expect(findPciName('', '10de', '2204')).toBeUndefined()
  })
})

describe('readNvidiaSmi', () => {
  it('reads its rows, and nothing from a failure', () => {
    const row = { name: 'NVIDIA GeForce RTX 3090', maker: 'nvidia', driver: 'NVIDIA 550.54.14', memoryBytes: 24 * 2 ** 30 }
    expect(readNvidiaSmi(smi)).toEqual([{ slot: '0000:01:00.0', gpu: row }])
    expect(readNvidiaSmi('Tesla K80, 470.57, [N/A], 00000000:00:04.0')[0]!.gpu.memoryBytes).toBeNull()
    expect(readNvidiaSmi("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.")).toEqual([])
    expect(readNvidiaSmi(null)).toEqual([])
  })
})

describe('readVideoControllers', () => {
  it('reads one, several, and none', () => {
    const one = '{"Name":"NVIDIA GeForce RTX 3060 Laptop GPU","AdapterRAM":4293918720,"DriverVersion":"31.0.15.3699"}'
    const nvidia = { name: 'NVIDIA GeForce RTX 3060 Laptop GPU', maker: 'nvidia', driver: '31.0.15.3699', memoryBytes: null }
    expect(readVideoControllers(one)).toEqual([nvidia])
    expect(
      readVideoControllers(
        `[${one},{"Name":"AMD Radeon(TM) Graphics","AdapterRAM":536870912,"DriverVersion":"31.0.12027.9001"},{"Name":"Microsoft Basic Display Adapter","AdapterRAM":null,"DriverVersion":"10.0"}]`,
      ),
    ).toEqual([nvidia, { name: 'AMD Radeon(TM) Graphics', maker: 'amd', driver: '31.0.12027.9001', memoryBytes: 2 ** 29 }])
    expect(readVideoControllers('')).toEqual([])
    expect(readVideoControllers(null)).toEqual([])
  })
})

describe('readSystemProfiler', () => {
  it('reads a Mac of Apple’s and one of Intel’s', () => {
    const apple =
      '{"SPDisplaysDataType":[{"_name":"Apple M1 Pro","spdisplays_mtlgpufamilysupport":"spdisplays_metal3","spdisplays_vendor":"sppci_vendor_Apple","sppci_bus":"spdisplays_builtin","sppci_cores":"16","sppci_model":"Apple M1 Pro"}]}'
    expect(readSystemProfiler(apple)).toEqual([{ name: 'Apple M1 Pro', maker: 'apple', driver: 'Metal 3', memoryBytes: null }])
    const intel =
      '{"SPDisplaysDataType":[{"spdisplays_vram":"1536 MB","spdisplays_vendor":"Intel","sppci_model":"Intel Iris Plus Graphics 655"},{"spdisplays_vram":"8 GB","spdisplays_vendor":"sppci_vendor_amd","sppci_model":"AMD Radeon Pro 5500M"}]}'
    expect(readSystemProfiler(intel)).toEqual([
      { name: 'Intel Iris Plus Graphics 655', maker: 'intel', driver: null, memoryBytes: 1536 * 2 ** 20 },
      { name: 'AMD Radeon Pro 5500M', maker: 'amd', driver: null, memoryBytes: 8 * 2 ** 30 },
    ])
    expect(readSystemProfiler('not JSON')).toEqual([])
  })
})

describe('listGpus', () => {
  it('asks each system by its own command', async () => {
    const asked: string[] = []
    const run = (command: string) => {
      asked.push(command)
      return Promise.resolve(null)
    }
    for (const platform of ['darwin', 'win32', 'freebsd'] as const) expect(await listGpus(platform, run)).toEqual([])
    expect(asked).toEqual(['system_profiler', 'powershell.exe'])
  })

  it('answers on this computer, whatever it has', async () => {
    for (const { name } of await listGpus()) expect(name).not.toBe('')
  })
})
