#pragma once
#include <stdint.h>
#include <string.h>
#if defined(__AVX2__)
#include <immintrin.h>
#endif

/**
 * A vector register's worth of numbers, one of each of as many sequences. Every step of the encoder does the same to each
 * sequence, so nothing ever crosses between lanes but the sums over a batch. GCC's and Clang's vector extensions give the
 * arithmetic; KERNELS names the namespace, so that code for different processors is never taken for the same by the linker.
 * For the same reason nothing here comes from the C++ library.
 */
namespace encoder {
namespace KERNELS {

#if defined(__AVX512F__)
constexpr int LANES = 16;
#elif defined(__AVX2__)
constexpr int LANES = 8;
#else
constexpr int LANES = 4;
#endif

typedef float Lanes __attribute__((vector_size(LANES * 4)));
typedef int32_t Integers __attribute__((vector_size(LANES * 4)));
typedef uint8_t Bytes __attribute__((vector_size(LANES)));

static inline Lanes all(float value) { return value - Lanes{}; }

static inline Lanes select(Integers condition, Lanes yes, Lanes no) { return condition ? yes : no; }

/** Where `a` is no number, that: a training that went astray must show. */
static inline Lanes larger(Lanes a, Lanes b) { return select(b > a, b, a); }

/** For each lane the entry of a table of 16. */
static inline Lanes lookUp(const float* table, Integers index) {
#if defined(__AVX512F__)
  return (Lanes)_mm512_permutexvar_ps((__m512i)index, _mm512_loadu_ps(table));
#elif defined(__AVX2__)
  const __m256 low = _mm256_permutevar8x32_ps(_mm256_loadu_ps(table), (__m256i)index);
  const __m256 high = _mm256_permutevar8x32_ps(_mm256_loadu_ps(table + 8), (__m256i)index);
  return (Lanes)_mm256_blendv_ps(low, high, _mm256_castsi256_ps(_mm256_slli_epi32((__m256i)index, 28)));
#else
  Lanes found;
  for (int lane = 0; lane < LANES; lane++) found[lane] = table[index[lane]];
  return found;
#endif
}

template <int N>
struct Sum {
  typedef float Half __attribute__((vector_size(N * 2)));
  template <class V>
  static inline float of(V v) {
    Half halves[2];
    memcpy(halves, &v, sizeof v);
    return Sum<N / 2>::of(halves[0] + halves[1]);
  }
};
template <>
struct Sum<2> {
  template <class V>
  static inline float of(V v) { return v[0] + v[1]; }
};

static inline float sumOf(Lanes v) { return Sum<LANES>::of(v); }

/** e^x to about one unit in the last place, for x ≤ 0: what a softmax needs (Cephes' polynomial). */
static inline Lanes expOfNegative(Lanes x) {
  x = larger(x, all(-87.0f));
  // Adding 1.5 × 2²³ rounds to a whole number and leaves it in the low bits.
  const Lanes shifted = x * 1.44269504f + 12582912.0f;
  const Lanes whole = shifted - 12582912.0f;
  const Lanes r = (x - whole * 0.693359375f) + whole * 2.12194440e-4f;
  Lanes p = all(1.9875691500e-4f);
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + r + 1.0f;
  return p * (Lanes)(((Integers)shifted + (127 - 0x4B400000)) << 23);
}

}  // namespace KERNELS
}  // namespace encoder
