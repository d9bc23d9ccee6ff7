#pragma once
#include <stddef.h>
#include <stdint.h>

/**
 * The encoder that all variants share, as a training step and scoring need it: three blocks of convolution, ReLU and batch
 * normalisation, a max pool of pairs after the first, then the mean or an attention over the positions. Sizes are those of
 * src/engine/variants/encoder.ts; weights are in the engine's layout, filters [width, inputs, outputs].
 */
namespace encoder {

constexpr int WIDTH = 8;
/** Zeros on either side of a convolution's input. The sequences come padded. */
constexpr int PADDING = 4;
constexpr int BASES = 4;
constexpr int CODES = 16;
constexpr int LAYERS = 3;
constexpr int INPUTS[LAYERS] = {BASES, 8, 8};
constexpr int OUTPUTS[LAYERS] = {8, 8, 16};
constexpr int FEATURES = OUTPUTS[2];

/** Where a batch of sequences, each of `width` codes, gets longer and shorter. */
struct Shape {
  int batch;
  int width;
  int first() const { return width - WIDTH + 1; }
  int pooled() const { return first() / 2; }
  int second() const { return pooled() + 1; }
  int third() const { return second() + 1; }
};

/** Base codes of a batch: int32, [batch, width]; or, without padding, two a byte, the first in the low bits, and so many bytes a sequence. */
struct Codes {
  const int32_t* padded;
  const uint8_t* pairs;
  int pairsARow;
};

struct Weights {
  struct Layer {
    const float* filters;
    const float* bias;
    const float* scale;
    const float* offset;
  } layers[LAYERS];
  /** Of the attention's scores, [FEATURES] and [1]; null for the mean. */
  const float* attention;
  const float* attentionBias;
};

struct Gradients {
  struct Layer {
    float* filters;
    float* bias;
    float* scale;
    float* offset;
  } layers[LAYERS];
  float* attention;
  float* attentionBias;
};

/** Mean and variance by channel; of a batch, the variance is the unbiased one. */
struct Statistics {
  float* mean[LAYERS];
  float* variance[LAYERS];
};

/** The encoder compiled for one kind of processor. Each function shares its work among the workers and returns when it is done. */
struct Kernels {
  /** Sequences that are computed side by side, one in each lane of a vector register. */
  int lanes;
  /** Floats that `forward` keeps for `backward`. */
  size_t (*savedSize)(const Shape&, bool attends);
  /** Features [batch, FEATURES] with the batch's own statistics. `table`: the four one-hot values of each code. */
  void (*forward)(const Shape&, const Codes&, const float* table, const Weights&, float epsilon, float* features, const Statistics&,
                  float* saved);
  /** Gradients of the weights from those of the features. */
  void (*backward)(const Shape&, const float* table, const Weights&, const float* featureGradients, const float* saved,
                   const Gradients&);
  /** Features [batch, FEATURES] with statistics that are given: each sequence for itself. */
  void (*infer)(const Shape&, const Codes&, const float* table, const Weights&, float epsilon, const Statistics&, float* features);
};

const Kernels& avx512Kernels();
const Kernels& avx2Kernels();
const Kernels& neonKernels();

}  // namespace encoder
