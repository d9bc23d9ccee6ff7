#pragma once
#include "convolution.h"

/** The first convolution reads bases. A base in a lane is a code, so all that it can add to a sum is looked up, not multiplied. */
namespace encoder {
namespace KERNELS {

/** What each code adds through each tap to each output, and the one-hot values of the codes by base. */
struct BaseTables {
  alignas(64) float products[WIDTH][OUTPUTS[0]][CODES];
  alignas(64) float oneHot[BASES][CODES];

  BaseTables(const float* table, const float* filters) {
    for (int code = 0; code < CODES; code++) {
      for (int base = 0; base < BASES; base++) oneHot[base][code] = table[code * BASES + base];
      for (int t = 0; t < WIDTH; t++)
        for (int o = 0; o < OUTPUTS[0]; o++) {
          float product = 0;
          for (int base = 0; base < BASES; base++) product += table[code * BASES + base] * filters[(t * BASES + base) * OUTPUTS[0] + o];
          products[t][o][code] = product;
        }
    }
  }
};

/** The codes of a block of sequences from `first` on, a vector a position; lanes without a sequence read padding. */
static void gatherCodes(const Shape& shape, const Codes& codes, int first, Bytes* into) {
  uint8_t* bytes = (uint8_t*)into;
  const int present = shape.batch - first < LANES ? shape.batch - first : LANES;
  if (present < LANES) memset(bytes, 0, (size_t)shape.width * LANES);
  if (codes.pairs) {
    memset(bytes, 0, PADDING * LANES);
    memset(bytes + (size_t)(shape.width - PADDING) * LANES, 0, PADDING * LANES);
  }
  for (int lane = 0; lane < present; lane++) {
    if (codes.pairs) {
      const uint8_t* row = codes.pairs + (size_t)(first + lane) * codes.pairsARow;
      uint8_t* to = bytes + PADDING * LANES + lane;
      // Of an odd length the last pair's second is padding, and stands where padding begins.
      for (int pair = 0; pair < codes.pairsARow; pair++, to += 2 * LANES) {
        to[0] = row[pair] & (CODES - 1);
        to[LANES] = row[pair] >> 4;
      }
    } else {
      const int32_t* row = codes.padded + (size_t)(first + lane) * shape.width;
      // Anything that is no code reads as one: no table is left by a wrong index.
      for (int p = 0; p < shape.width; p++) bytes[p * LANES + lane] = (uint8_t)row[p] & (CODES - 1);
    }
  }
}

static inline Integers widened(const Bytes& bytes) { return __builtin_convertvector(bytes, Integers); }

/** A block's codes as one-hot signals. */
static void expandBases(const BaseTables& tables, const Bytes* codes, int width, const Signal& into) {
  for (int p = 0; p < width; p++) {
    const Integers code = widened(codes[p]);
    for (int base = 0; base < BASES; base++) into.channel(base)[p] = lookUp(tables.oneHot[base], code);
  }
}

template <int POSITIONS>
static inline void lookUpBlock(const BaseTables& tables, const Bytes* codes, const float* bias, const Signal& out, int at) {
  constexpr int OUT = OUTPUTS[0];
  Lanes sums[POSITIONS][OUT];
#pragma GCC unroll 8
  for (int o = 0; o < OUT; o++) {
#pragma GCC unroll 2
    for (int p = 0; p < POSITIONS; p++) sums[p][o] = all(bias[o]);
  }
#pragma GCC unroll 8
  for (int t = 0; t < WIDTH; t++) {
    Integers code[POSITIONS];
#pragma GCC unroll 2
    for (int p = 0; p < POSITIONS; p++) code[p] = widened(codes[at + p + t]);
#pragma GCC unroll 8
    for (int o = 0; o < OUT; o++) {
#pragma GCC unroll 2
      for (int p = 0; p < POSITIONS; p++) sums[p][o] += lookUp(tables.products[t][o], code[p]);
    }
  }
#pragma GCC unroll 8
  for (int o = 0; o < OUT; o++) {
#pragma GCC unroll 2
    for (int p = 0; p < POSITIONS; p++) out.channel(o)[at + p] = larger(sums[p][o], Lanes{});
  }
}

/** Convolution and ReLU of a block's codes. */
static void convolveBases(const BaseTables& tables, const Bytes* codes, const float* bias, const Signal& out, int positions) {
  int at = 0;
  for (; at + 2 <= positions; at += 2) lookUpBlock<2>(tables, codes, bias, out, at);
  for (; at < positions; at++) lookUpBlock<1>(tables, codes, bias, out, at);
}

}  // namespace KERNELS
}  // namespace encoder
