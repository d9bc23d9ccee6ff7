import { messageOf, WorkbenchError } from '../../shared/domain/errors.ts'
import type { Backend } from './backend.ts'

/** The device has too little memory for what was asked of it. Smaller batches may fit. */
export class OutOfMemory extends WorkbenchError {
  constructor(cause?: unknown) {
    super(
      'conflict',
      'The memory of the device is too small for this.',
      { hint: 'Close other programs that use it, or choose a smaller batch.' },
      { cause },
    )
  }
}

/** The device is gone in the middle of its work. Nothing in this process can be computed on it any more. */
export class DeviceLost extends WorkbenchError {
  constructor(how: string, cause?: unknown) {
    super('unavailable', `The GPU was lost in the middle of its work: ${how}.`, { hint: GPU_HINT }, { cause })
  }
}

const GPU_HINT = 'That happens when its driver is reset or renewed, when it overheats, or when it is unplugged.'

/**
 * What TensorFlow and Dawn say, in C++, when a device fails under a running program. TensorFlow's allocators:
 * bfc_allocator.cc and the kernels (`OOM when allocating tensor with shape…`, status RESOURCE_EXHAUSTED), and Dawn's where a buffer is larger than the device can hold; a device whose
 * context has been destroyed gives the CUDA errors of the driver's API (cuda.h) for every call that follows.
 */
const memoryTexts =
  /RESOURCE_EXHAUSTED|OOM when allocating tensor|out of memory|CUDA_ERROR_OUT_OF_MEMORY|failed to allocate|std::bad_alloc|exceeds the max (?:buffer|storage)/i
const lossTexts =
  /CUDA_ERROR_(?:DEVICE_UNAVAILABLE|ILLEGAL_ADDRESS|LAUNCH_FAILED|LAUNCH_TIMEOUT|ECC_UNCORRECTABLE|HARDWARE_STACK_ERROR|CONTEXT_IS_DESTROYED|UNKNOWN)|GPU has fallen off the bus|device (?:is|was) lost|GPUDeviceLost|an illegal memory access was encountered/i

/** Knows a fault of the machine by its words; gives back whatever else was thrown. */
export function machineFault(thrown: unknown): unknown {
  if (thrown instanceof WorkbenchError) return thrown
  const text = messageOf(thrown)
  if (memoryTexts.test(text)) return new OutOfMemory(thrown)
  const lost = lossTexts.exec(text)
  return lost ? new DeviceLost(`its driver says “${lost[0]}”`, thrown) : thrown
}

/** A backend whose faults of the machine are thrown as what they are. */
export function withMachineFaults(backend: Backend): Backend {
  return {
    ...backend,
    compile: (fn, examples) => {
      const compiled = known(() => backend.compile(fn, examples))
      return { run: (...inputs) => known(() => compiled.run(...inputs)), dispose: () => compiled.dispose() }
    },
    read: (tensor) =>
      backend.read(tensor).catch((thrown: unknown) => {
        throw machineFault(thrown)
      }),
  }
}

function known<T>(work: () => T): T {
  try {
    return work()
  } catch (thrown) {
    throw machineFault(thrown)
  }
}
