#pragma once
#include "firstConvolution.h"
#include "saved.h"
#include "workers.h"

namespace encoder {
namespace KERNELS {

/** Adds the blocks' shares of a gradient, in their order whoever made them. */
static void addUp(const float* shares, int blocks, size_t stride, int count, float* sum) {
  for (int i = 0; i < count; i++) {
    double total = 0;
    for (int block = 0; block < blocks; block++) total += shares[block * stride + i];
    sum[i] = (float)total;
  }
}

template <int CHANNELS>
static NormSums<CHANNELS> concludeSums(const NormSums<CHANNELS>* ofBlocks, int blocks, const Norm<CHANNELS>& norm, float* scale,
                                       float* offset) {
  NormSums<CHANNELS> total = {};
  for (int block = 0; block < blocks; block++)
    for (int c = 0; c < CHANNELS; c++) {
      total.ofSlope[c] += ofBlocks[block].ofSlope[c];
      total.ofProduct[c] += ofBlocks[block].ofProduct[c];
    }
  for (int c = 0; c < CHANNELS; c++) {
    scale[c] = (float)(total.ofProduct[c] * norm.inverseDeviation[c]);
    offset[c] = (float)total.ofSlope[c];
  }
  return total;
}

/** A block's sums of a signal's gradient, over all lanes: those without a sequence have a gradient of zero. */
template <int CHANNELS>
static void sumsOf(const Norm<CHANNELS>& norm, const Signal& x, const Signal& slope, int positions, NormSums<CHANNELS>& sums) {
  for (int c = 0; c < CHANNELS; c++) {
    Lanes ofSlope = {}, ofProduct = {};
    for (int p = 0; p < positions; p++) {
      const Lanes dy = slope.channel(c)[p];
      ofSlope += dy;
      ofProduct += dy * (x.channel(c)[p] - norm.mean[c]);
    }
    sums.ofSlope[c] = sumOf(ofSlope);
    sums.ofProduct[c] = sumOf(ofProduct);
  }
}

static Integers lanesPresent(int present) {
  Integers mask;
  for (int lane = 0; lane < LANES; lane++) mask[lane] = lane < present ? -1 : 0;
  return mask;
}

constexpr int MARGIN = WIDTH - 1 - PADDING;

template <int CHANNELS>
static void clearMargins(const Signal& padded, int positions) {
  for (int c = 0; c < CHANNELS; c++)
    for (int p = 0; p < MARGIN; p++) padded.channel(c)[p] = padded.channel(c)[MARGIN + positions + p] = Lanes{};
}

constexpr int C1 = OUTPUTS[0], C2 = OUTPUTS[1], C3 = OUTPUTS[2];

/** A block's share of every gradient that is a sum over the batch. */
struct Shares {
  float filters3[WIDTH * C2 * C3], filters2[WIDTH * C1 * C2], filters1[WIDTH * BASES * C1];
  float bias3[C3], bias2[C2], bias1[C1], attention[C3], attentionBias;
};

/** The gradients of a block's signals on the way from one phase to the next. */
struct Slopes {
  Signal ofSecond;
  Signal ofPooled;
  /** Of the attention's scores; none without attention. */
  Lanes* ofScores;
};

/** The way back from the features, a phase a normalisation: the gradient of each needs its sums over the batch. */
struct BackwardPass {
  const Shape& shape;
  const Weights& weights;
  const float* featureGradients;
  float* saved;
  const int blocks = blocksOf(shape);
  const bool attends = weights.attention != nullptr;
  const int first = shape.first(), pooled = shape.pooled(), second = shape.second(), third = shape.third();
  const Norms& norms = *(const Norms*)saved;
  const size_t vectorsBetween = (size_t)C2 * second + (size_t)C1 * pooled + (attends ? third : 0);
  Table<Shares> shares{(size_t)blocks};
  Table<NormSums<C1>> firstSums{(size_t)blocks};
  Table<NormSums<C2>> secondSums{(size_t)blocks};
  Table<NormSums<C3>> thirdSums{(size_t)blocks};
  Table<Lanes> between{blocks * vectorsBetween};

  SavedBlock savedOf(int block) const { return savedBlock(shape, attends, saved, block); }

  Slopes slopesOf(int block) const {
    Cursor cursor{between.rows + block * vectorsBetween};
    Slopes slopes;
    slopes.ofSecond = cursor.signal(C2, second);
    slopes.ofPooled = cursor.signal(C1, pooled);
    slopes.ofScores = cursor.at;
    return slopes;
  }

  Integers lanesOf(int block) const { return lanesPresent(presentIn(shape, block)); }

  /** From the features to the sums that the last normalisation's gradient needs. */
  void throughPooling(int block) const {
    const SavedBlock kept = savedOf(block);
    Lanes slope[C3];
    takeRows(featureGradients, block * LANES, presentIn(shape, block), slope);
    NormSums<C3>& sums = thirdSums.rows[block];
    if (!attends) {
      for (int c = 0; c < C3; c++) {
        sums.ofSlope[c] = sumOf(slope[c]);
        sums.ofProduct[c] = sumOf(slope[c] * (kept.summed[c] / (float)third - norms.third.mean[c]));
      }
      return;
    }
    Lanes total, products[C3];
    attentionGradient(norms.third, kept.third, third, kept.attention, kept.summed, slope, slopesOf(block).ofScores, total, products);
    Shares& share = shares.rows[block];
    share.attentionBias = sumOf(total);
    for (int c = 0; c < C3; c++) {
      share.attention[c] = sumOf(products[c] * norms.third.factor[c] + total * norms.third.offset[c]);
      sums.ofSlope[c] = sumOf(slope[c] + total * weights.attention[c]);
      sums.ofProduct[c] = sumOf(slope[c] * kept.summed[c] + products[c] * weights.attention[c]);
    }
  }

  void throughThird(int block, const NormGradient<C3>& gradient, const float* turned) const {
    const int padded = third + 2 * MARGIN, paddedInput = second + 2 * PADDING;
    Cursor cursor{(Lanes*)scratchMemory(((size_t)C3 * padded + (size_t)C2 * paddedInput) * sizeof(Lanes))};
    const Signal slope = cursor.signal(C3, padded), input = cursor.signal(C2, paddedInput);
    const Signal inner{slope.data + MARGIN, padded};
    const SavedBlock kept = savedOf(block);
    const Slopes slopes = slopesOf(block);
    const Integers present = lanesOf(block);
    Lanes feature[C3];
    takeRows(featureGradients, block * LANES, presentIn(shape, block), feature);
    clearMargins<C3>(slope, third);
    for (int c = 0; c < C3; c++) {
      const Lanes even = feature[c] / (float)third;
      for (int p = 0; p < third; p++) {
        const Lanes dy = attends ? feature[c] * kept.attention[p] + slopes.ofScores[p] * weights.attention[c] : even;
        inner.channel(c)[p] = gradient.apply(norms.third, c, kept.third.channel(c)[p], dy, present);
      }
    }
    normaliseInto(norms.second, kept.second, second, input);
    Shares& share = shares.rows[block];
    biasGradient<C3>(inner, third, share.bias3);
    filterGradient<C2, C3>(input, inner, third, share.filters3);
    convolve<C3, C2, false>(slope, turned, nullptr, slopes.ofSecond, second);
    sumsOf(norms.second, kept.second, slopes.ofSecond, second, secondSums.rows[block]);
  }

  void throughSecond(int block, const NormGradient<C2>& gradient, const float* turned) const {
    const int padded = second + 2 * MARGIN, paddedInput = pooled + 2 * PADDING;
    Cursor cursor{(Lanes*)scratchMemory(((size_t)C2 * padded + (size_t)C1 * paddedInput) * sizeof(Lanes))};
    const Signal slope = cursor.signal(C2, padded), input = cursor.signal(C1, paddedInput);
    const Signal inner{slope.data + MARGIN, padded};
    const SavedBlock kept = savedOf(block);
    const Slopes slopes = slopesOf(block);
    const Integers present = lanesOf(block);
    clearMargins<C2>(slope, second);
    for (int c = 0; c < C2; c++)
      for (int p = 0; p < second; p++)
        inner.channel(c)[p] = gradient.apply(norms.second, c, kept.second.channel(c)[p], slopes.ofSecond.channel(c)[p], present);
    normaliseInto(norms.first, kept.pooled, pooled, input);
    Shares& share = shares.rows[block];
    biasGradient<C2>(inner, second, share.bias2);
    filterGradient<C1, C2>(input, inner, second, share.filters2);
    convolve<C2, C1, false>(slope, turned, nullptr, slopes.ofPooled, pooled);
    sumsOf(norms.first, kept.pooled, slopes.ofPooled, pooled, firstSums.rows[block]);
  }

  /** What the first convolution gave is made anew; the bases need no gradient. */
  void throughFirst(int block, const NormGradient<C1>& gradient, const BaseTables& tables) const {
    Cursor cursor{(Lanes*)scratchMemory(((size_t)C1 * first + (size_t)BASES * shape.width) * sizeof(Lanes))};
    const Signal signal = cursor.signal(C1, first), bases = cursor.signal(BASES, shape.width);
    const SavedBlock kept = savedOf(block);
    const Slopes slopes = slopesOf(block);
    const Integers present = lanesOf(block);
    convolveBases(tables, kept.codes, weights.layers[0].bias, signal, first);
    expandBases(tables, kept.codes, shape.width, bases);
    for (int c = 0; c < C1; c++) {
      Lanes* const x = signal.channel(c);
      for (int p = 0; p < pooled; p++) {
        const Lanes one = x[2 * p], other = x[2 * p + 1], dy = slopes.ofPooled.channel(c)[p];
        const Integers oneWon = norms.first.apply(c, one) >= norms.first.apply(c, other);
        x[2 * p] = gradient.apply(norms.first, c, one, select(oneWon, dy, Lanes{}), present);
        x[2 * p + 1] = gradient.apply(norms.first, c, other, select(oneWon, Lanes{}, dy), present);
      }
      // The odd one, which the pool drops, is part of the statistics all the same.
      if (first % 2) x[first - 1] = gradient.apply(norms.first, c, x[first - 1], Lanes{}, present);
    }
    Shares& share = shares.rows[block];
    biasGradient<C1>(signal, first, share.bias1);
    filterGradient<BASES, C1>(bases, signal, first, share.filters1);
  }

  void conclude(const Gradients& gradients) const {
    const size_t stride = sizeof(Shares) / sizeof(float);
    const Shares& shared = *shares.rows;
    const auto add = [&](const float* share, int count, float* sum) { addUp(share, blocks, stride, count, sum); };
    add(shared.filters3, WIDTH * C2 * C3, gradients.layers[2].filters);
    add(shared.filters2, WIDTH * C1 * C2, gradients.layers[1].filters);
    add(shared.filters1, WIDTH * BASES * C1, gradients.layers[0].filters);
    add(shared.bias3, C3, gradients.layers[2].bias);
    add(shared.bias2, C2, gradients.layers[1].bias);
    add(shared.bias1, C1, gradients.layers[0].bias);
    if (!attends) return;
    add(shared.attention, C3, gradients.attention);
    add(&shared.attentionBias, 1, gradients.attentionBias);
  }
};

static void backward(const Shape& shape, const float* table, const Weights& weights, const float* featureGradients, const float* saved,
                     const Gradients& gradients) {
  // What was saved is only read; one function finds its way in it for both passes.
  const BackwardPass pass{shape, weights, featureGradients, const_cast<float*>(saved)};
  const Weights::Layer* layers = weights.layers;
  const Gradients::Layer* into = gradients.layers;
  const Norms& norms = pass.norms;
  const int blocks = pass.blocks;
  float turned3[WIDTH * C3 * C2], turned2[WIDTH * C2 * C1];
  turnRound<C2, C3>(layers[2].filters, turned3);
  turnRound<C1, C2>(layers[1].filters, turned2);
  const BaseTables tables(table, layers[0].filters);

  if (pass.attends) {
    shareOut(blocks, [&](int block) { pass.throughPooling(block); });
  } else {
    for (int block = 0; block < blocks; block++) pass.throughPooling(block);
  }
  const auto sums3 = concludeSums(pass.thirdSums.rows, blocks, norms.third, into[2].scale, into[2].offset);
  const NormGradient<C3> gradient3(norms.third, sums3, (double)shape.batch * pass.third);
  shareOut(blocks, [&](int block) { pass.throughThird(block, gradient3, turned3); });

  const auto sums2 = concludeSums(pass.secondSums.rows, blocks, norms.second, into[1].scale, into[1].offset);
  const NormGradient<C2> gradient2(norms.second, sums2, (double)shape.batch * pass.second);
  shareOut(blocks, [&](int block) { pass.throughSecond(block, gradient2, turned2); });

  const auto sums1 = concludeSums(pass.firstSums.rows, blocks, norms.first, into[0].scale, into[0].offset);
  const NormGradient<C1> gradient1(norms.first, sums1, (double)shape.batch * pass.first);
  shareOut(blocks, [&](int block) { pass.throughFirst(block, gradient1, tables); });
  pass.conclude(gradients);
}

}  // namespace KERNELS
}  // namespace encoder
