#pragma once
#include "encoder.h"
#include "lanes.h"

/**
 * Convolutions along the positions of signals [channels][positions] of lanes. A weight is the same for all lanes, so it is
 * broadcast; a block of sums stays in registers: positions × outputs of a signal, taps × outputs of the filters' gradient.
 */
namespace encoder {
namespace KERNELS {

/** Channels of a signal, a `stride` apart. */
struct Signal {
  Lanes* data;
  int stride;
  Lanes* channel(int c) const { return data + (size_t)c * stride; }
};

/** Outputs that a block holds, and positions: 24 sums, 3 inputs and a weight fill the 32 registers of AVX-512 and NEON; AVX2 has 16. */
constexpr int BLOCK_OUTPUTS = LANES == 8 ? 4 : 8;
constexpr int BLOCK_POSITIONS = 3;

template <int IN, int OUT, bool RECTIFIES, int POSITIONS>
static inline void convolveBlock(const Signal& in, const float* filters, const float* bias, const Signal& out, int at, int output) {
  Lanes sums[POSITIONS][BLOCK_OUTPUTS];
#pragma GCC unroll 8
  for (int o = 0; o < BLOCK_OUTPUTS; o++) {
#pragma GCC unroll 3
    for (int p = 0; p < POSITIONS; p++) sums[p][o] = bias ? all(bias[output + o]) : Lanes{};
  }
  for (int i = 0; i < IN; i++) {
    const Lanes* x = in.channel(i) + at;
    const float* w = filters + i * OUT + output;
#pragma GCC unroll 8
    for (int t = 0; t < WIDTH; t++) {
#pragma GCC unroll 8
      for (int o = 0; o < BLOCK_OUTPUTS; o++) {
        const Lanes weight = all(w[t * IN * OUT + o]);
#pragma GCC unroll 3
        for (int p = 0; p < POSITIONS; p++) sums[p][o] += weight * x[t + p];
      }
    }
  }
#pragma GCC unroll 8
  for (int o = 0; o < BLOCK_OUTPUTS; o++) {
#pragma GCC unroll 3
    for (int p = 0; p < POSITIONS; p++) {
      const Lanes y = sums[p][o];
      out.channel(output + o)[at + p] = RECTIFIES ? larger(y, Lanes{}) : y;
    }
  }
}

/** out[o][p] = bias[o] + Σ filters[t][i][o] · in[i][p + t], rectified if asked; the input is padded already. */
template <int IN, int OUT, bool RECTIFIES>
static void convolve(const Signal& in, const float* filters, const float* bias, const Signal& out, int positions) {
  for (int output = 0; output < OUT; output += BLOCK_OUTPUTS) {
    int at = 0;
    for (; at + BLOCK_POSITIONS <= positions; at += BLOCK_POSITIONS)
      convolveBlock<IN, OUT, RECTIFIES, BLOCK_POSITIONS>(in, filters, bias, out, at, output);
    for (; at < positions; at++) convolveBlock<IN, OUT, RECTIFIES, 1>(in, filters, bias, out, at, output);
  }
}

/** The filters with which a convolution of the output's gradient gives the input's: turned round, inputs and outputs exchanged. */
template <int IN, int OUT>
static void turnRound(const float* filters, float* turned) {
  for (int t = 0; t < WIDTH; t++)
    for (int i = 0; i < IN; i++)
      for (int o = 0; o < OUT; o++) turned[((WIDTH - 1 - t) * OUT + o) * IN + i] = filters[(t * IN + i) * OUT + o];
}

constexpr int BLOCK_TAPS = 4;
constexpr int GRADIENT_OUTPUTS = LANES == 8 ? 2 : 4;

/** gradient[t][i][o] = Σ in[i][p + t] · outputGradient[o][p] over positions and lanes. */
template <int IN, int OUT>
static void filterGradient(const Signal& in, const Signal& outputGradient, int positions, float* gradient) {
  for (int output = 0; output < OUT; output += GRADIENT_OUTPUTS)
    for (int i = 0; i < IN; i++)
      for (int tap = 0; tap < WIDTH; tap += BLOCK_TAPS) {
        Lanes sums[BLOCK_TAPS][GRADIENT_OUTPUTS] = {};
        const Lanes* x = in.channel(i) + tap;
        const Lanes* dy = outputGradient.channel(output);
        for (int p = 0; p < positions; p++) {
#pragma GCC unroll 4
          for (int o = 0; o < GRADIENT_OUTPUTS; o++) {
            const Lanes slope = dy[o * outputGradient.stride + p];
#pragma GCC unroll 4
            for (int t = 0; t < BLOCK_TAPS; t++) sums[t][o] += x[p + t] * slope;
          }
        }
#pragma GCC unroll 4
        for (int t = 0; t < BLOCK_TAPS; t++)
#pragma GCC unroll 4
          for (int o = 0; o < GRADIENT_OUTPUTS; o++) gradient[((tap + t) * IN + i) * OUT + output + o] = sumOf(sums[t][o]);
      }
}

/** The sum over positions and lanes of each channel: the gradient of a bias. */
template <int CHANNELS>
static void biasGradient(const Signal& outputGradient, int positions, float* gradient) {
  for (int c = 0; c < CHANNELS; c++) {
    Lanes sum = {};
    for (int p = 0; p < positions; p++) sum += outputGradient.channel(c)[p];
    gradient[c] = sumOf(sum);
  }
}

}  // namespace KERNELS
}  // namespace encoder
