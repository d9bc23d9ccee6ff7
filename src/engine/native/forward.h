#pragma once
#include "firstConvolution.h"
#include "saved.h"
#include "workers.h"

namespace encoder {
namespace KERNELS {

/** The statistics of a batch from those of its blocks, joined in their order whoever made them. */
template <int CHANNELS>
static void concludeMoments(const Moments (*ofBlocks)[CHANNELS], int blocks, float epsilon, const Weights::Layer& layer,
                            Norm<CHANNELS>& norm, float* mean, float* variance) {
  for (int c = 0; c < CHANNELS; c++) {
    Moments moments = {};
    for (int block = 0; block < blocks; block++) moments.add(ofBlocks[block][c]);
    norm.set(c, moments.mean, moments.deviations / moments.count, epsilon, layer);
    mean[c] = (float)moments.mean;
    variance[c] = (float)(moments.deviations / (moments.count - 1));
  }
}

template <int CHANNELS>
static void momentsOfSignal(const Signal& x, int positions, int present, Moments* moments, Lanes* sums) {
  for (int c = 0; c < CHANNELS; c++) {
    Lanes ofChannel;
    moments[c] = momentsOf(x.channel(c), positions, present, ofChannel);
    if (sums) sums[c] = ofChannel;
  }
}

/** In phases over all blocks, since each normalisation has to know the whole batch. */
static void forward(const Shape& shape, const Codes& codes, const float* table, const Weights& weights, float epsilon, float* features,
                    const Statistics& statistics, float* saved) {
  const int blocks = blocksOf(shape);
  const bool attends = weights.attention != nullptr;
  const int first = shape.first(), pooled = shape.pooled(), second = shape.second(), third = shape.third();
  const Weights::Layer* layers = weights.layers;
  const BaseTables tables(table, layers[0].filters);
  Norms& norms = *(Norms*)saved;

  Table<Moments[OUTPUTS[0]]> firstMoments(blocks);
  shareOut(blocks, [&](int block) {
    Cursor cursor{(Lanes*)scratchMemory(OUTPUTS[0] * first * sizeof(Lanes))};
    const Signal signal = cursor.signal(OUTPUTS[0], first);
    const SavedBlock kept = savedBlock(shape, attends, saved, block);
    gatherCodes(shape, codes, block * LANES, kept.codes);
    convolveBases(tables, kept.codes, layers[0].bias, signal, first);
    momentsOfSignal<OUTPUTS[0]>(signal, first, presentIn(shape, block), firstMoments.rows[block], nullptr);
  });
  concludeMoments<OUTPUTS[0]>(firstMoments.rows, blocks, epsilon, layers[0], norms.first, statistics.mean[0], statistics.variance[0]);

  Table<Moments[OUTPUTS[1]]> secondMoments(blocks);
  shareOut(blocks, [&](int block) {
    const int padded = pooled + 2 * PADDING;
    Cursor cursor{(Lanes*)scratchMemory((OUTPUTS[0] * first + OUTPUTS[0] * padded) * sizeof(Lanes))};
    const Signal signal = cursor.signal(OUTPUTS[0], first), input = cursor.signal(OUTPUTS[0], padded);
    const SavedBlock kept = savedBlock(shape, attends, saved, block);
    // Made anew: looking it up is quicker than keeping it.
    convolveBases(tables, kept.codes, layers[0].bias, signal, first);
    poolPairs(norms.first, signal, pooled, kept.pooled);
    normaliseInto(norms.first, kept.pooled, pooled, input);
    convolve<INPUTS[1], OUTPUTS[1], true>(input, layers[1].filters, layers[1].bias, kept.second, second);
    momentsOfSignal<OUTPUTS[1]>(kept.second, second, presentIn(shape, block), secondMoments.rows[block], nullptr);
  });
  concludeMoments<OUTPUTS[1]>(secondMoments.rows, blocks, epsilon, layers[1], norms.second, statistics.mean[1], statistics.variance[1]);

  Table<Moments[OUTPUTS[2]]> thirdMoments(blocks);
  shareOut(blocks, [&](int block) {
    const int padded = second + 2 * PADDING;
    Cursor cursor{(Lanes*)scratchMemory(OUTPUTS[1] * padded * sizeof(Lanes))};
    const Signal input = cursor.signal(OUTPUTS[1], padded);
    const SavedBlock kept = savedBlock(shape, attends, saved, block);
    normaliseInto(norms.second, kept.second, second, input);
    convolve<INPUTS[2], OUTPUTS[2], true>(input, layers[2].filters, layers[2].bias, kept.third, third);
    momentsOfSignal<OUTPUTS[2]>(kept.third, third, presentIn(shape, block), thirdMoments.rows[block], kept.summed);
  });
  concludeMoments<OUTPUTS[2]>(thirdMoments.rows, blocks, epsilon, layers[2], norms.third, statistics.mean[2], statistics.variance[2]);

  const auto pool = [&](int block) {
    const SavedBlock kept = savedBlock(shape, attends, saved, block);
    const Norm<FEATURES>& norm = norms.third;
    Lanes values[FEATURES];
    if (attends) attend(norm, weights, kept.third, third, kept.attention, kept.summed);
    for (int c = 0; c < FEATURES; c++)
      values[c] = attends ? kept.summed[c] * norm.factor[c] + norm.offset[c] : norm.apply(c, kept.summed[c] / (float)third);
    putRows(values, block * LANES, presentIn(shape, block), features);
  };
  if (attends) {
    shareOut(blocks, pool);
  } else {
    for (int block = 0; block < blocks; block++) pool(block);
  }
}

}  // namespace KERNELS
}  // namespace encoder
