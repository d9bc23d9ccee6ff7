import { z } from 'zod'
import type { Gpu } from '../../../shared/domain/engine.ts'
import { makerOfName } from './makerOf.ts'

const report = z.object({
  SPDisplaysDataType: z.array(
    z.object({
      sppci_model: z.string(),
      spdisplays_vendor: z.string().default(''),
      spdisplays_vram: z.string().optional(),
      spdisplays_mtlgpufamilysupport: z.string().optional(),
    }),
  ),
})

/** `system_profiler SPDisplaysDataType -json` of macOS. Apple's own GPUs share the computer's memory and tell none. */
export function readSystemProfiler(printed: string | null): Gpu[] {
  const read = report.safeParse(parsed(printed))
  if (!read.success) return []
  return read.data.SPDisplaysDataType.map((each) => ({
    name: each.sppci_model,
    maker: makerOfName(`${each.sppci_model} ${each.spdisplays_vendor}`),
    driver: each.spdisplays_mtlgpufamilysupport ? each.spdisplays_mtlgpufamilysupport.replace('spdisplays_metal', 'Metal ') : null,
    memoryBytes: bytesOf(each.spdisplays_vram),
  }))
}

/** `8 GB`, `1536 MB`. */
function bytesOf(text: string | undefined): number | null {
  const [, amount, unit] = /^(\d+) (MB|GB)$/.exec(text ?? '') ?? []
  return amount === undefined ? null : Number(amount) * (unit === 'GB' ? 2 ** 30 : 2 ** 20)
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
