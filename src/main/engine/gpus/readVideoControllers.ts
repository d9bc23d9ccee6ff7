import { z } from 'zod'
import type { Gpu } from '../../../shared/domain/engine.ts'
import { makerOfName } from './makerOf.ts'

const controller = z.object({ Name: z.string(), AdapterRAM: z.number().nullish(), DriverVersion: z.string().nullish() })
/** PowerShell writes one thing as itself, several as a list. */
const controllers = z.union([z.array(controller), controller.transform((one) => [one])])

/** Windows keeps the memory in 32 bits: what is there says "at least so much". */
const MOST_BYTES = 2 ** 32 - 2 ** 21

/** `Get-CimInstance Win32_VideoController | ConvertTo-Json` of Windows; screens that are no GPU are left out. */
export function readVideoControllers(printed: string | null): Gpu[] {
  let value: unknown
  try {
    value = JSON.parse(printed ?? '')
  } catch {
    return []
  }
  const read = controllers.safeParse(value)
  if (!read.success) return []
  return read.data
    .filter(({ Name }) => !/basic (?:display|render)|remote display|mirror/i.test(Name))
    .map(({ Name, AdapterRAM, DriverVersion }) => ({
      name: Name,
      maker: makerOfName(Name),
      driver: DriverVersion ?? null,
      memoryBytes: AdapterRAM && AdapterRAM < MOST_BYTES ? AdapterRAM : null,
    }))
}
