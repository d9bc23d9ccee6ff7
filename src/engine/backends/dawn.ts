import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import { requireModule } from '../tfjs.ts'

/** The little of WebGPU (w3.org/TR/webgpu) that is used here; tfjs uses the rest. */
export interface GpuDevice {
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>
  addEventListener(type: 'uncapturederror', listener: (event: { readonly error: { readonly message: string } }) => void): void
  destroy(): void
}
export interface GpuAdapter {
  readonly info: AdapterInfo
  readonly features: ReadonlySet<string>
  readonly limits: Readonly<Record<string, number>>
  requestDevice(descriptor: object): Promise<GpuDevice>
}
export interface AdapterInfo {
  readonly vendor: string
  readonly architecture: string
  readonly device: string
  readonly description: string
  readonly isFallbackAdapter?: boolean
}
interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<GpuAdapter | null>
}

let gpu: Gpu | undefined

/**
 * The fastest GPU that Dawn, Chrome's own implementation of WebGPU, can reach: Vulkan on Linux, Direct3D on Windows, Metal on
 * macOS. Where there is none it may be a processor that plays one: see {@link isSoftware}.
 *
 * @throws WorkbenchError in words where there is none
 */
export async function findAdapter(): Promise<GpuAdapter> {
  gpu ??= loadDawn()
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
  if (!adapter) throw new WorkbenchError('unavailable', 'No GPU answers.', { hint: driverHint() })
  return adapter
}

/** Whether a processor plays the GPU. Nothing is gained by that, though the numbers are right. */
export function isSoftware({ isFallbackAdapter, device, description, architecture }: AdapterInfo): boolean {
  return (
    isFallbackAdapter === true ||
    /swiftshader|llvmpipe|lavapipe|basic render driver|\bwarp\b/i.test([device, description, architecture].join(' '))
  )
}

/** An adapter's name for people: `NVIDIA GeForce RTX 4090`. */
export function nameOf({ device, description, vendor, architecture }: AdapterInfo): string {
  return device.trim() || description.trim() || [vendor, architecture].filter(Boolean).join(' ') || 'GPU without a name'
}

function loadDawn(): Gpu {
  try {
    const { create, globals } = requireModule('webgpu') as { create(options: string[]): Gpu; globals: object }
    const found = create([])
    // Where tfjs looks for them, as in a browser.
    Object.assign(globalThis, globals)
    Object.defineProperty(globalThis.navigator, 'gpu', { value: found, configurable: true })
    return found
  } catch (fault) {
    throw new WorkbenchError(
      'unavailable',
      'WebGPU could not be loaded on this computer.',
      { hint: `The system says: ${messageOf(fault)}.` },
      { cause: fault },
    )
  }
}

function driverHint(): string {
  if (process.platform === 'linux') {
    return 'If this computer has one, install its Vulkan driver and the Vulkan loader (Debian, Ubuntu: libvulkan1, with mesa-vulkan-drivers for AMD and Intel; NVIDIA’s own driver brings Vulkan along).'
  }
  return 'If this computer has one, install its newest driver.'
}
