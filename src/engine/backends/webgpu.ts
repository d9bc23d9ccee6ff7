import type { KernelBackend, Tensor } from '@tensorflow/tfjs-core'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import { portableOps } from '../ops/portableOps.ts'
import { requireModule, tf } from '../tfjs.ts'
import type { Backend, BackendLoader } from './backend.ts'
import { compileEagerly } from './compileEagerly.ts'
import { findAdapter, isSoftware, nameOf, type GpuAdapter, type GpuDevice } from './dawn.ts'
import { DeviceLost, machineFault, OutOfMemory } from './machineFaults.ts'
import { withinTime } from './withinTime.ts'

const usedLimits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
]

/** A GPU that has not answered for so many milliseconds will not; systems reset one that hangs after a few seconds. Software has its time. */
const LONGEST_WAIT = 60_000
const LONGEST_WAIT_IN_SOFTWARE = 1_800_000

let current: { readonly backend: Backend; isLost(): boolean } | undefined

/** Any vendor's GPU, through Dawn; the only road to one on Windows and macOS. */
export const webgpu: BackendLoader = {
  name: 'webgpu',
  load: async () => {
    if (!current || current.isLost()) current = await open(await findAdapter())
    if (!(await tf.setBackend('webgpu'))) throw new WorkbenchError('unavailable', 'A GPU was found, but WebGPU did not start on it.')
    return current.backend
  },
}

/** Opens a device and makes a tfjs backend of it. */
async function open(adapter: GpuAdapter): Promise<{ readonly backend: Backend; isLost(): boolean }> {
  const device = await adapter.requestDevice({
    requiredFeatures: ['timestamp-query'].filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(usedLimits.map((name) => [name, adapter.limits[name]])),
  })
  const watch = watchDevice(device)
  const { WebGPUBackend } = requireModule('@tensorflow/tfjs-backend-webgpu') as {
    WebGPUBackend: new (device: GpuDevice, info: GpuAdapter['info']) => KernelBackend
  }
  tf.removeBackend('webgpu')
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info))
  const software = isSoftware(adapter.info)
  const limit = software ? LONGEST_WAIT_IN_SOFTWARE : LONGEST_WAIT
  const backend: Backend = {
    name: 'webgpu',
    device: software ? `CPU (${nameOf(adapter.info)}, a GPU played in software)` : nameOf(adapter.info),
    onGpu: !software,
    versions: { tfjs: tf.version_core, webgpu: (requireModule('webgpu/package.json') as { version: string }).version },
    ops: portableOps,
    scoringBatch: software ? 8 : 512,
    scoringParts: 1,
    compile: (fn) => {
      const eager = compileEagerly(fn)
      return {
        run: (...inputs) => {
          watch.throwIfFaulty()
          return eager.run(...inputs)
        },
        dispose: eager.dispose,
      }
    },
    read: async (tensor: Tensor) => {
      const late = () => Promise.reject(new DeviceLost('it has given no answer for a while'))
      const [read] = await Promise.allSettled([withinTime(Promise.race([tensor.data<'float32'>(), watch.lost]), limit, late)])
      // What led to a failure tells more than the failure.
      watch.throwIfFaulty()
      if (read.status === 'rejected') throw read.reason
      return read.value.slice()
    },
  }
  return { backend, isLost: watch.isLost }
}

/** Faults of a device come beside the calls that met them, and what those give is then worth nothing. */
function watchDevice(device: GpuDevice) {
  let fault: Error | undefined
  let gone = false
  const lost = device.lost.then(({ reason, message }) => {
    gone = true
    throw (fault ??= new DeviceLost(message.split('\n')[0]?.replace(/\.$/, '') || reason))
  })
  // Whoever reads hears of it; where nobody does it is no unhandled fault.
  lost.catch(() => {})
  device.addEventListener('uncapturederror', ({ error }) => {
    fault ??= error.constructor.name === 'GPUOutOfMemoryError' ? new OutOfMemory(error) : (machineFault(new Error(error.message)) as Error)
  })
  return {
    lost,
    isLost: () => gone,
    /** A fault is told once; after one of memory the device goes on. */
    throwIfFaulty: () => {
      const told = fault
      if (!gone) fault = undefined
      if (told) throw told
    },
  }
}
