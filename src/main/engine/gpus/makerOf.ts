import type { Gpu } from '../../../shared/domain/engine.ts'

/** PCI's numbers of those who make GPUs (pci-ids.ucw.cz). */
const makers: Readonly<Record<string, Gpu['maker']>> = { '10de': 'nvidia', '1002': 'amd', '8086': 'intel', '106b': 'apple' }

/** @param vendor four hexadecimal digits, lower case */
export function makerOfVendor(vendor: string): Gpu['maker'] {
  return makers[vendor] ?? 'other'
}

/** From a device's name, where that is all the system tells. */
export function makerOfName(name: string): Gpu['maker'] {
  if (/nvidia|geforce|quadro|tesla/i.test(name)) return 'nvidia'
  if (/\bamd\b|radeon|\bati\b/i.test(name)) return 'amd'
  if (/intel/i.test(name)) return 'intel'
  return /apple/i.test(name) ? 'apple' : 'other'
}
