#pragma once
#include <math.h>
#include "convolution.h"

namespace encoder {
namespace KERNELS {

/** Mean and sum of squared deviations of one channel over some values, in double precision. */
struct Moments {
  double count;
  double mean;
  double deviations;

  /** Joins two sets of values (Chan, Golub & LeVeque 1983). */
  void add(const Moments& other) {
    if (other.count == 0) return;
    const double total = count + other.count;
    const double apart = other.mean - mean;
    deviations += other.deviations + apart * apart * (count * other.count / total);
    mean += apart * (other.count / total);
    count = total;
  }
};

/** Moments of a channel over the positions of the `present` first lanes, and each lane's sum. In two passes, so that nothing cancels. */
static Moments momentsOf(const Lanes* x, int positions, int present, Lanes& sums) {
  Lanes sum = {};
  for (int p = 0; p < positions; p++) sum += x[p];
  const Lanes mean = sum / (float)positions;
  Lanes deviations = {};
  for (int p = 0; p < positions; p++) {
    const Lanes apart = x[p] - mean;
    deviations += apart * apart;
  }
  sums = sum;
  Moments moments = {};
  for (int lane = 0; lane < present; lane++) {
    // The lane's mean is rounded; what that shifts is taken off again.
    const double exact = (double)sum[lane] / positions;
    const double shift = exact - mean[lane];
    moments.add({(double)positions, exact, deviations[lane] - positions * shift * shift});
  }
  return moments;
}

/** Batch normalisation of a layer: y = (x − mean) · factor + offset. */
template <int CHANNELS>
struct Norm {
  float mean[CHANNELS];
  float inverseDeviation[CHANNELS];
  float factor[CHANNELS];
  float offset[CHANNELS];

  void set(int c, double average, double variance, float epsilon, const Weights::Layer& layer) {
    const double inverse = 1 / sqrt(variance + epsilon);
    mean[c] = (float)average;
    inverseDeviation[c] = (float)inverse;
    factor[c] = (float)(inverse * layer.scale[c]);
    offset[c] = layer.offset[c];
  }
  Lanes apply(int c, Lanes x) const { return (x - mean[c]) * factor[c] + offset[c]; }
};

/** Normalises a signal into another that has the padding of the next convolution around it. */
template <int CHANNELS>
static void normaliseInto(const Norm<CHANNELS>& norm, const Signal& x, int positions, const Signal& padded) {
  for (int c = 0; c < CHANNELS; c++) {
    Lanes* y = padded.channel(c);
    for (int p = 0; p < PADDING; p++) y[p] = y[PADDING + positions + p] = Lanes{};
    for (int p = 0; p < positions; p++) y[PADDING + p] = norm.apply(c, x.channel(c)[p]);
  }
}

/** What the gradient of a batch normalisation sums over the batch, by channel: Σ dy and Σ dy · (x − mean). */
template <int CHANNELS>
struct NormSums {
  double ofSlope[CHANNELS];
  double ofProduct[CHANNELS];
};

/** From the gradient after a batch normalisation to that before its ReLU: dx = a · dy − b − (x − mean) · c where x > 0. */
template <int CHANNELS>
struct NormGradient {
  float ofSlope[CHANNELS];
  float constant[CHANNELS];
  float ofDeviation[CHANNELS];

  NormGradient(const Norm<CHANNELS>& norm, const NormSums<CHANNELS>& sums, double count) {
    for (int c = 0; c < CHANNELS; c++) {
      const double inverse = norm.inverseDeviation[c];
      ofSlope[c] = norm.factor[c];
      constant[c] = (float)(norm.factor[c] * sums.ofSlope[c] / count);
      ofDeviation[c] = (float)(norm.factor[c] * inverse * inverse * sums.ofProduct[c] / count);
    }
  }
  Lanes apply(const Norm<CHANNELS>& norm, int c, Lanes x, Lanes dy, Integers present) const {
    const Lanes dx = dy * ofSlope[c] - constant[c] - (x - norm.mean[c]) * ofDeviation[c];
    return select((x > Lanes{}) & present, dx, Lanes{});
  }
};

}  // namespace KERNELS
}  // namespace encoder
