#pragma once
#include "firstConvolution.h"
#include "saved.h"
#include "workers.h"

namespace encoder {
namespace KERNELS {

template <int CHANNELS>
static void setNorm(Norm<CHANNELS>& norm, const float* mean, const float* variance, float epsilon, const Weights::Layer& layer) {
  for (int c = 0; c < CHANNELS; c++) norm.set(c, mean[c], variance[c], epsilon, layer);
}

/** With statistics that are known each block goes through the whole encoder by itself, within a core's own cache. */
static void infer(const Shape& shape, const Codes& codes, const float* table, const Weights& weights, float epsilon,
                  const Statistics& statistics, float* features) {
  const int first = shape.first(), pooled = shape.pooled(), second = shape.second(), third = shape.third();
  const Weights::Layer* layers = weights.layers;
  const BaseTables tables(table, layers[0].filters);
  Norms norms;
  setNorm(norms.first, statistics.mean[0], statistics.variance[0], epsilon, layers[0]);
  setNorm(norms.second, statistics.mean[1], statistics.variance[1], epsilon, layers[1]);
  setNorm(norms.third, statistics.mean[2], statistics.variance[2], epsilon, layers[2]);

  const int paddedPooled = pooled + 2 * PADDING, paddedSecond = second + 2 * PADDING;
  const size_t vectors = vectorsOfCodes(shape) + (size_t)OUTPUTS[0] * (first + pooled + paddedPooled) +
                         (size_t)OUTPUTS[1] * (second + paddedSecond) + (size_t)OUTPUTS[2] * third + third;
  shareOut(blocksOf(shape), [&](int block) {
    Cursor cursor{(Lanes*)scratchMemory(vectors * sizeof(Lanes))};
    Bytes* const read = (Bytes*)cursor.take(vectorsOfCodes(shape));
    const Signal ofBases = cursor.signal(OUTPUTS[0], first), winners = cursor.signal(OUTPUTS[0], pooled);
    const Signal toSecond = cursor.signal(OUTPUTS[0], paddedPooled), ofSecond = cursor.signal(OUTPUTS[1], second);
    const Signal toThird = cursor.signal(OUTPUTS[1], paddedSecond), ofThird = cursor.signal(OUTPUTS[2], third);
    Lanes* const attention = cursor.take(third);
    gatherCodes(shape, codes, block * LANES, read);
    convolveBases(tables, read, layers[0].bias, ofBases, first);
    poolPairs(norms.first, ofBases, pooled, winners);
    normaliseInto(norms.first, winners, pooled, toSecond);
    convolve<INPUTS[1], OUTPUTS[1], true>(toSecond, layers[1].filters, layers[1].bias, ofSecond, second);
    normaliseInto(norms.second, ofSecond, second, toThird);
    convolve<INPUTS[2], OUTPUTS[2], true>(toThird, layers[2].filters, layers[2].bias, ofThird, third);
    const Norm<FEATURES>& norm = norms.third;
    Lanes values[FEATURES];
    if (weights.attention) {
      attend(norm, weights, ofThird, third, attention, values);
      for (int c = 0; c < FEATURES; c++) values[c] = values[c] * norm.factor[c] + norm.offset[c];
    } else {
      for (int c = 0; c < FEATURES; c++) {
        Lanes sum = {};
        for (int p = 0; p < third; p++) sum += ofThird.channel(c)[p];
        values[c] = norm.apply(c, sum / (float)third);
      }
    }
    putRows(values, block * LANES, presentIn(shape, block), features);
  });
}

}  // namespace KERNELS
}  // namespace encoder
