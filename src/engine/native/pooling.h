#pragma once
#include "batchNorm.h"

/** What follows the last normalisation: the mean over the positions, or the sum weighted by an attention. */
namespace encoder {
namespace KERNELS {

/**
 * Max pooling of normalised pairs. Keeps of each pair the value before normalisation that won, the first of two equal ones,
 * and gives it normalised.
 */
static void poolPairs(const Norm<OUTPUTS[0]>& norm, const Signal& x, int pairs, const Signal& winners) {
  for (int c = 0; c < OUTPUTS[0]; c++) {
    const Lanes* from = x.channel(c);
    for (int p = 0; p < pairs; p++) {
      const Lanes first = from[2 * p], second = from[2 * p + 1];
      winners.channel(c)[p] = select(norm.apply(c, first) >= norm.apply(c, second), first, second);
    }
  }
}

/** What the attention gives a block: its weights by position (they sum to one), and the deviations x − mean weighted by them. */
static void attend(const Norm<FEATURES>& norm, const Weights& weights, const Signal& x, int positions, Lanes* attention, Lanes* pooled) {
  float slope[FEATURES];
  float constant = *weights.attentionBias;
  for (int c = 0; c < FEATURES; c++) {
    slope[c] = weights.attention[c] * norm.factor[c];
    constant += weights.attention[c] * norm.offset[c];
  }
  for (int p = 0; p < positions; p++) attention[p] = all(constant);
  for (int c = 0; c < FEATURES; c++)
    for (int p = 0; p < positions; p++) attention[p] += (x.channel(c)[p] - norm.mean[c]) * slope[c];
  Lanes most = attention[0];
  for (int p = 1; p < positions; p++) most = larger(most, attention[p]);
  Lanes total = {};
  for (int p = 0; p < positions; p++) total += attention[p] = expOfNegative(attention[p] - most);
  const Lanes inverse = 1.0f / total;
  for (int p = 0; p < positions; p++) attention[p] *= inverse;
  for (int c = 0; c < FEATURES; c++) {
    Lanes sum = {};
    for (int p = 0; p < positions; p++) sum += attention[p] * (x.channel(c)[p] - norm.mean[c]);
    pooled[c] = sum;
  }
}

/** Gradients of a block's attention: of its scores by position; their sum; and by channel their products with x − mean. */
static void attentionGradient(const Norm<FEATURES>& norm, const Signal& x, int positions, const Lanes* attention, const Lanes* pooled,
                              const Lanes* featureGradients, Lanes* scores, Lanes& total, Lanes* products) {
  Lanes slope[FEATURES];
  Lanes average = {};
  for (int c = 0; c < FEATURES; c++) {
    slope[c] = featureGradients[c] * norm.factor[c];
    average += slope[c] * pooled[c];
  }
  for (int p = 0; p < positions; p++) scores[p] = -average;
  for (int c = 0; c < FEATURES; c++)
    for (int p = 0; p < positions; p++) scores[p] += slope[c] * (x.channel(c)[p] - norm.mean[c]);
  total = Lanes{};
  for (int p = 0; p < positions; p++) total += scores[p] *= attention[p];
  for (int c = 0; c < FEATURES; c++) {
    Lanes sum = {};
    for (int p = 0; p < positions; p++) sum += scores[p] * (x.channel(c)[p] - norm.mean[c]);
    products[c] = sum;
  }
}

/** Values by channel of a block as rows of [batch, FEATURES], and back; lanes without a sequence read zero. */
static void putRows(const Lanes* values, int first, int present, float* rows) {
  for (int lane = 0; lane < present; lane++)
    for (int c = 0; c < FEATURES; c++) rows[(size_t)(first + lane) * FEATURES + c] = values[c][lane];
}
static void takeRows(const float* rows, int first, int present, Lanes* values) {
  for (int c = 0; c < FEATURES; c++) {
    values[c] = Lanes{};
    for (int lane = 0; lane < present; lane++) values[c][lane] = rows[(size_t)(first + lane) * FEATURES + c];
  }
}

}  // namespace KERNELS
}  // namespace encoder
