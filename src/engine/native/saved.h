#pragma once
#include "batchNorm.h"
#include "pooling.h"
#include "workers.h"

/** What the forward pass of a training step keeps for the backward pass: the normalisations, then each block of sequences. */
namespace encoder {
namespace KERNELS {

struct Norms {
  Norm<OUTPUTS[0]> first;
  Norm<OUTPUTS[1]> second;
  Norm<OUTPUTS[2]> third;
};

/** One block of sequences: signals after ReLU and before normalisation, since both sides of it are cheap to make from them. */
struct SavedBlock {
  Bytes* codes;
  /** The winners of the max pool. */
  Signal pooled;
  Signal second;
  Signal third;
  /** Sums over the positions of `third`; with attention, its deviations weighted. */
  Lanes* summed;
  /** By position; null without attention. */
  Lanes* attention;
};

static size_t vectorsOfCodes(const Shape& shape) { return ((size_t)shape.width * sizeof(Bytes) + sizeof(Lanes) - 1) / sizeof(Lanes); }

static size_t vectorsOfBlock(const Shape& shape, bool attends) {
  return vectorsOfCodes(shape) + (size_t)OUTPUTS[0] * shape.pooled() + (size_t)OUTPUTS[1] * shape.second() +
         (size_t)OUTPUTS[2] * shape.third() + FEATURES + (attends ? shape.third() : 0);
}

constexpr size_t VECTORS_OF_NORMS = (sizeof(Norms) + sizeof(Lanes) - 1) / sizeof(Lanes);

static int blocksOf(const Shape& shape) { return (shape.batch + LANES - 1) / LANES; }

static int presentIn(const Shape& shape, int block) {
  return shape.batch - block * LANES < LANES ? shape.batch - block * LANES : LANES;
}

static size_t savedSize(const Shape& shape, bool attends) {
  return (VECTORS_OF_NORMS + blocksOf(shape) * vectorsOfBlock(shape, attends)) * LANES;
}

/** Hands out vectors one stretch after the other. */
struct Cursor {
  Lanes* at;
  Lanes* take(size_t vectors) {
    Lanes* const taken = at;
    at += vectors;
    return taken;
  }
  Signal signal(int channels, int positions) { return {take((size_t)channels * positions), positions}; }
};

static SavedBlock savedBlock(const Shape& shape, bool attends, float* saved, int block) {
  Cursor cursor{(Lanes*)saved + VECTORS_OF_NORMS + block * vectorsOfBlock(shape, attends)};
  SavedBlock found;
  found.codes = (Bytes*)cursor.take(vectorsOfCodes(shape));
  found.pooled = cursor.signal(OUTPUTS[0], shape.pooled());
  found.second = cursor.signal(OUTPUTS[1], shape.second());
  found.third = cursor.signal(OUTPUTS[2], shape.third());
  found.summed = cursor.take(FEATURES);
  found.attention = attends ? cursor.take(shape.third()) : nullptr;
  return found;
}

/** Memory for so many of one kind, aligned for any vector, until it goes out of sight. */
template <class T>
struct Table {
  T* rows;
  explicit Table(size_t count) : rows((T*)allocate(count * sizeof(T))) {}
  Table(const Table&) = delete;
  ~Table() { release(rows); }
};

}  // namespace KERNELS
}  // namespace encoder
