interface Explanation {
  readonly pattern: RegExp
  readonly words: (match: RegExpExecArray) => string
}

/**
 * What TensorFlow and CUDA say where they find no GPU, the more telling first. The texts stand in TensorFlow's C++: the start of
 * the driver in cuda_platform.cc and cuda_diagnostics.cc, libraries in dso_loader.cc and gpu_device.cc, and in CUDA's own
 * cudaGetErrorString.
 */
const explanations: readonly Explanation[] = [
  {
    pattern: /CUDA driver version is insufficient for CUDA runtime version|cudaErrorInsufficientDriver/,
    words: () =>
      'The NVIDIA driver is too old for this CUDA. Install a newer one (version 525 or later), restart the computer, then check again.',
  },
  {
    pattern: /kernel version (\d[\d.]*) does not match DSO version (\d[\d.]*)|CUDA_ERROR_SYSTEM_DRIVER_MISMATCH/,
    words: ([, kernel, library]) =>
      `The NVIDIA driver is half renewed${kernel ? `: the running part is version ${kernel}, its library ${library}` : ''}. Restart the computer, then check again.`,
  },
  {
    pattern: /CUDA_ERROR_COMPAT_NOT_SUPPORTED_ON_DEVICE/,
    words: () => 'The NVIDIA driver is too old for this CUDA on this GPU. Install a newer one, restart the computer, then check again.',
  },
  {
    pattern: /compute capability (\d+\.\d+)\. The minimum required Cuda capability is (\d+\.\d+)/i,
    words: ([, has, needs]) => `This GPU is too old for TensorFlow: it has compute capability ${has}, and ${needs} is needed.`,
  },
  {
    pattern: /(?:Could not load dynamic library '|dlopen of |dlerror: )?(libcuda\.so\.1)(?:'|: cannot open shared object file)/,
    words: () => 'The NVIDIA driver is not installed, or not for this system (libcuda.so.1 is missing). Install it, then check again.',
  },
  {
    pattern:
      /(lib(?:cud\w+|cublas\w*|cufft\w*|curand|cusolver|cusparse|nccl|nvJitLink|nvrtc)[\w.-]*\.so[.\d]*)(?:'|: cannot open shared object file)/,
    words: ([, library]) =>
      `A library of CUDA is missing or damaged (${library}). Delete the folder runtime/cuda, then fetch it again: npm run engine -- --cuda.`,
  },
  {
    pattern: /Cannot dlopen some GPU libraries/,
    words: () => 'A library of CUDA is missing or damaged. Delete the folder runtime/cuda, then fetch it again: npm run engine -- --cuda.',
  },
  {
    pattern: /CUDA_ERROR_NO_DEVICE/,
    words: () =>
      'CUDA sees no GPU. It may be switched off, hidden by the variable CUDA_VISIBLE_DEVICES, or not handed on to this container or virtual machine.',
  },
  {
    pattern: /CUDA_ERROR_OUT_OF_MEMORY/,
    words: () => 'The memory of the GPU is full. Close other programs that use it, then check again.',
  },
  {
    pattern: /CUDA_ERROR_(?:DEVICE_UNAVAILABLE|NOT_PERMITTED)/,
    words: () => 'Another program holds the GPU for itself. Close it, then check again.',
  },
  {
    pattern: /Could not find cuda drivers on your machine|UNKNOWN ERROR \(303\)/i,
    words: () => 'The NVIDIA driver is not installed, or not for this system. Install it, then check again.',
  },
  {
    pattern: /CUDA_ERROR_UNKNOWN/,
    words: () => 'The NVIDIA driver does not start. Restarting the computer often helps, above all after it has slept.',
  },
]

/** Why CUDA found no GPU, from what the process printed; undefined where it said nothing that is known. */
export function explainCuda(printed: string): string | undefined {
  for (const { pattern, words } of explanations) {
    const match = pattern.exec(printed)
    if (match) return words(match)
  }
  return undefined
}
