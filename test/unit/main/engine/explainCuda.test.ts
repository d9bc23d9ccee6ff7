import { describe, expect, it } from 'vitest'
import { explainCuda } from '../../../../src/main/engine/explainCuda.ts'

/** What TensorFlow 2.20's build with CUDA printed on a computer without NVIDIA's driver, under this engine. */
const withoutDriver = `2026-11-20 13:50:27.193583: I tensorflow/core/util/port.cc:153] oneDNN custom operations are on. You may see slightly different numerical results due to floating-point round-off errors from different computation orders. To turn them off, set the environment variable \`TF_ENABLE_ONEDNN_OPTS=0\`.
2026-11-20 13:50:27.337555: I tensorflow/core/platform/cpu_feature_guard.cc:210] This TensorFlow binary is optimized to use available CPU instructions in performance-critical operations.
2026-11-20 13:50:27.338405: E external/local_xla/xla/stream_executor/cuda/cuda_platform.cc:51] failed call to cuInit: INTERNAL: CUDA error: Failed call to cuInit: UNKNOWN ERROR (303)`

describe('explainCuda', () => {
  it.each([
    ['no driver', withoutDriver, 'The NVIDIA driver is not installed'],
    [
      'no driver (tensorflow/tensorflow#37689)',
      "W tensorflow/stream_executor/platform/default/dso_loader.cc:55] Could not load dynamic library 'libcuda.so.1'; dlerror: libcuda.so.1: cannot open shared object file: No such file or directory\nE tensorflow/stream_executor/cuda/cuda_driver.cc:318] failed call to cuInit: UNKNOWN ERROR (303)",
      'The NVIDIA driver is not installed, or not for this system (libcuda.so.1 is missing).',
    ],
    [
      'a driver that is too old (tensorflow/tensorflow#31319)',
      'Internal: cudaGetDevice() failed. Status: CUDA driver version is insufficient for CUDA runtime version',
      'The NVIDIA driver is too old for this CUDA.',
    ],
    [
      'a driver half renewed (tensorflow/tensorflow#22525)',
      'E tensorflow/stream_executor/cuda/cuda_driver.cc:406] failed call to cuInit: CUDA_ERROR_NO_DEVICE\nE tensorflow/stream_executor/cuda/cuda_diagnostics.cc:303] kernel version 384.130.0 does not match DSO version 375.66.0 -- cannot find working devices in this configuration',
      'The NVIDIA driver is half renewed: the running part is version 384.130.0, its library 375.66.0. Restart the computer',
    ],
    [
      'a library that is missing',
      "W dso_loader.cc:55] Could not load dynamic library 'libcudnn.so.9'; dlerror: libcudnn.so.9: cannot open shared object file: No such file or directory\nW gpu_device.cc:2341] Cannot dlopen some GPU libraries. Please make sure the missing libraries mentioned above are installed properly if you would like to use GPU.",
      'A library of CUDA is missing or damaged (libcudnn.so.9).',
    ],
    [
      'a library that is missing, unnamed',
      'W0000 gpu_device.cc:2341] Cannot dlopen some GPU libraries. Please make sure the missing libraries mentioned above are installed properly',
      'A library of CUDA is missing or damaged. Delete the folder runtime/cuda',
    ],
    [
      'no GPU (tensorflow/tensorflow#40920)',
      'E tensorflow/stream_executor/cuda/cuda_driver.cc:406] failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected',
      'CUDA sees no GPU.',
    ],
    [
      'a GPU that is too old',
      'Ignoring visible gpu device (device: 0, name: GeForce GT 730, pci bus id: 0000:01:00.0, compute capability: 3.5) with Cuda compute capability 3.5. The minimum required Cuda capability is 6.0.',
      'This GPU is too old for TensorFlow: it has compute capability 3.5, and 6.0 is needed.',
    ],
    [
      'a GPU whose memory is full',
      'could not allocate CUDA stream: CUDA_ERROR_OUT_OF_MEMORY: out of memory',
      'The memory of the GPU is full. Close other programs that use it',
    ],
    [
      'a driver that does not start (tensorflow/tensorflow#394)',
      'E tensorflow/stream_executor/cuda/cuda_driver.cc:466] failed call to cuInit:  CUDA_ERROR_UNKNOWN',
      'The NVIDIA driver does not start.',
    ],
  ])('%s', (_, printed, words) => {
    expect(explainCuda(printed)).toContain(words)
  })

  it('says nothing of what it does not know', () => {
    expect(explainCuda('I tensorflow/core/platform/cpu_feature_guard.cc:210] This TensorFlow binary is optimized')).toBeUndefined()
  })
})
