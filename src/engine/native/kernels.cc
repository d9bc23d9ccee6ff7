/** Compiled once for each kind of processor, with the flags that let the compiler use it: KERNELS names the kind. */
#include "backward.h"
#include "forward.h"
#include "infer.h"

namespace encoder {
const Kernels& KERNELS_FUNCTION() {
  static const Kernels kernels{KERNELS::LANES, KERNELS::savedSize, KERNELS::forward, KERNELS::backward, KERNELS::infer};
  return kernels;
}
}  // namespace encoder
