/**
 * The encoder as operations of TensorFlow, so that a traced graph calls it like any other. Registered as the binding loads,
 * through TensorFlow's C interface alone. TensorFlow gives memory that is aligned for any vector.
 */
#include <cstdlib>
#include <initializer_list>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "encoder.h"
// Leaves out what the runtime keeps no headers for.
#define IS_SLIM_BUILD
#include "tensorflow/c/c_api.h"
#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"

namespace {

using encoder::Kernels;
using encoder::LAYERS;

/** The fastest form that this processor can run, or a slower one that ENCODER_KERNELS names; null where there is none. */
const Kernels* kernelsHere() {
  const char* set = std::getenv("ENCODER_KERNELS");
  const std::string asked = set ? set : "";
  if (asked == "none") return nullptr;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (asked != "avx2" && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma"))
    return &encoder::avx512Kernels();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2")) return &encoder::avx2Kernels();
  return nullptr;
#elif defined(__aarch64__)
  return &encoder::neonKernels();
#else
  return nullptr;
#endif
}

const Kernels* const kernels = kernelsHere();

/** One call of an operation: its inputs and outputs, freed with it. Throws what TensorFlow is to be told. */
class Call {
 public:
  explicit Call(TF_OpKernelContext* context) : context_(context) {}
  Call(const Call&) = delete;
  ~Call() {
    for (TF_Tensor* tensor : tensors_) TF_DeleteTensor(tensor);
    TF_DeleteStatus(status_);
  }

  const TF_Tensor* input(int i) {
    TF_Tensor* tensor = nullptr;
    TF_GetInput(context_, i, &tensor, status_);
    return hold(tensor);
  }

  /** The values of an input that must have so many. */
  const float* floats(int i, int64_t count) {
    const TF_Tensor* tensor = input(i);
    if (TF_TensorElementCount(tensor) != count) throw std::invalid_argument("an input of the encoder has the wrong size");
    return static_cast<const float*>(TF_TensorData(tensor));
  }

  float* output(int i, std::initializer_list<int64_t> dimensions) {
    int64_t count = 1;
    for (int64_t dimension : dimensions) count *= dimension;
    return static_cast<float*>(TF_TensorData(hold(TF_AllocateOutput(context_, i, TF_FLOAT, dimensions.begin(),
                                                                   static_cast<int>(dimensions.size()), count * sizeof(float), status_))));
  }

  /** Codes [batch, width] and their shape; or, of sequences so long, pairs of codes and the shape that they have with padding. */
  encoder::Codes codes(int i, encoder::Shape& shape, int pairedLength = 0) {
    const TF_Tensor* tensor = input(i);
    if (TF_NumDims(tensor) != 2) throw std::invalid_argument("base codes are a matrix");
    const int columns = static_cast<int>(TF_Dim(tensor, 1));
    shape = {static_cast<int>(TF_Dim(tensor, 0)), pairedLength ? pairedLength + 2 * encoder::PADDING : columns};
    if (shape.batch < 1 || shape.width < encoder::WIDTH + 1) throw std::invalid_argument("the sequences are too short for the encoder");
    if (!pairedLength) return {static_cast<const int32_t*>(TF_TensorData(tensor)), nullptr, 0};
    if (columns != (pairedLength + 1) / 2) throw std::invalid_argument("the pairs of codes are not of the sequences' length");
    return {nullptr, static_cast<const uint8_t*>(TF_TensorData(tensor)), columns};
  }

  /** The learned tensors, from input `i` on: filters, bias, scale and offset of each layer, then the attention's, if there are more. */
  encoder::Weights weights(int i) {
    encoder::Weights weights{};
    for (int layer = 0; layer < LAYERS; layer++) {
      const int outputs = encoder::OUTPUTS[layer];
      const float* filters = floats(i++, encoder::WIDTH * encoder::INPUTS[layer] * outputs);
      const float* bias = floats(i++, outputs);
      const float* scale = floats(i++, outputs);
      weights.layers[layer] = {filters, bias, scale, floats(i++, outputs)};
    }
    if (TF_NumInputs(context_) > i) {
      weights.attention = floats(i, encoder::FEATURES);
      weights.attentionBias = floats(i + 1, 1);
    }
    return weights;
  }

  const Kernels& kernelsToUse() const {
    if (!kernels) throw std::runtime_error("this processor cannot run the encoder's own operations");
    return *kernels;
  }

  void fail(TF_Code code, const char* message) {
    TF_SetStatus(status_, code, message);
    TF_OpKernelContext_Failure(context_, status_);
  }

 private:
  TF_Tensor* hold(TF_Tensor* tensor) {
    if (TF_GetCode(status_) != TF_OK) throw std::runtime_error(TF_Message(status_));
    tensors_.push_back(tensor);
    return tensor;
  }

  TF_OpKernelContext* context_;
  TF_Status* status_ = TF_NewStatus();
  std::vector<TF_Tensor*> tensors_;
};

/** Means and variances, layer by layer, as a model's running statistics are packed. */
encoder::Statistics statisticsIn(float* packed) {
  encoder::Statistics statistics;
  for (int layer = 0; layer < LAYERS; layer++) {
    statistics.mean[layer] = packed;
    statistics.variance[layer] = packed += encoder::OUTPUTS[layer];
    packed += encoder::OUTPUTS[layer];
  }
  return statistics;
}
constexpr int STATISTICS = 2 * (encoder::OUTPUTS[0] + encoder::OUTPUTS[1] + encoder::OUTPUTS[2]);
constexpr int TABLE = encoder::CODES * encoder::BASES;

struct Settings {
  float epsilon = 0;
  /** Of sequences that come as pairs of codes; else 0. */
  int64_t length = 0;
};

void encode(Call& call, const Settings& settings) {
  encoder::Shape shape;
  const encoder::Codes codes = call.codes(0, shape);
  const float* table = call.floats(1, TABLE);
  const encoder::Weights weights = call.weights(2);
  const Kernels& use = call.kernelsToUse();
  float* features = call.output(0, {shape.batch, encoder::FEATURES});
  const encoder::Statistics statistics = statisticsIn(call.output(1, {STATISTICS}));
  float* saved = call.output(2, {static_cast<int64_t>(use.savedSize(shape, weights.attention != nullptr))});
  use.forward(shape, codes, table, weights, settings.epsilon, features, statistics, saved);
}

void encodeGradient(Call& call, const Settings&) {
  encoder::Shape shape;
  call.codes(0, shape);
  const float* table = call.floats(1, TABLE);
  const float* featureGradients = call.floats(2, static_cast<int64_t>(shape.batch) * encoder::FEATURES);
  const encoder::Weights weights = call.weights(4);
  const Kernels& use = call.kernelsToUse();
  const float* saved = call.floats(3, static_cast<int64_t>(use.savedSize(shape, weights.attention != nullptr)));
  encoder::Gradients gradients{};
  int i = 0;
  for (int layer = 0; layer < LAYERS; layer++) {
    const int inputs = encoder::INPUTS[layer], outputs = encoder::OUTPUTS[layer];
    float* filters = call.output(i++, {1, encoder::WIDTH, inputs, outputs});
    float* bias = call.output(i++, {outputs});
    float* scale = call.output(i++, {outputs});
    gradients.layers[layer] = {filters, bias, scale, call.output(i++, {outputs})};
  }
  if (weights.attention) {
    gradients.attention = call.output(i, {1, 1, encoder::FEATURES, 1});
    gradients.attentionBias = call.output(i + 1, {1});
  }
  use.backward(shape, table, weights, featureGradients, saved, gradients);
}

void encodeWith(Call& call, const Settings& settings) {
  encoder::Shape shape;
  const encoder::Codes codes = call.codes(0, shape, static_cast<int>(settings.length));
  const float* table = call.floats(1, TABLE);
  const encoder::Statistics statistics = statisticsIn(const_cast<float*>(call.floats(2, STATISTICS)));
  const encoder::Weights weights = call.weights(3);
  float* features = call.output(0, {shape.batch, encoder::FEATURES});
  call.kernelsToUse().infer(shape, codes, table, weights, settings.epsilon, statistics, features);
}

/** How many sequences are computed side by side here: 0 where the other operations cannot run. */
void lanes(Call& call, const Settings&) { *call.output(0, {}) = kernels ? static_cast<float>(kernels->lanes) : 0; }

void* construct(TF_OpKernelConstruction* construction) {
  Settings* settings = new Settings;
  TF_Status* status = TF_NewStatus();
  if (TF_OpKernelConstruction_HasAttr(construction, "epsilon", status))
    TF_OpKernelConstruction_GetAttrFloat(construction, "epsilon", &settings->epsilon, status);
  if (TF_OpKernelConstruction_HasAttr(construction, "length", status))
    TF_OpKernelConstruction_GetAttrInt64(construction, "length", &settings->length, status);
  TF_DeleteStatus(status);
  return settings;
}

template <void (*run)(Call&, const Settings&)>
void compute(void* settings, TF_OpKernelContext* context) {
  Call call(context);
  try {
    run(call, *static_cast<Settings*>(settings));
  } catch (const std::bad_alloc&) {
    call.fail(TF_RESOURCE_EXHAUSTED, "out of memory");
  } catch (const std::exception& fault) {
    call.fail(TF_INVALID_ARGUMENT, fault.what());
  }
}

using Specs = std::initializer_list<const char*>;

template <void (*run)(Call&, const Settings&)>
void registerOp(const char* name, Specs attributes, Specs inputs, Specs outputs) {
  TF_Status* status = TF_NewStatus();
  TF_OpDefinitionBuilder* op = TF_NewOpDefinitionBuilder(name);
  for (const char* attribute : attributes) TF_OpDefinitionBuilderAddAttr(op, attribute);
  for (const char* input : inputs) TF_OpDefinitionBuilderAddInput(op, input);
  for (const char* output : outputs) TF_OpDefinitionBuilderAddOutput(op, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(
      op, [](TF_ShapeInferenceContext* context, TF_Status* told) { TF_ShapeInferenceContextSetUnknownShape(context, told); });
  TF_RegisterOpDefinition(op, status);
  if (TF_GetCode(status) == TF_OK)
    TF_RegisterKernelBuilder(name,
                             TF_NewKernelBuilder(name, "CPU", construct, compute<run>,
                                                 [](void* settings) { delete static_cast<Settings*>(settings); }),
                             status);
  TF_DeleteStatus(status);
}

[[maybe_unused]] const bool registered = [] {
  const char* codes = "codes: int32";
  const char* parameters = "parameters: N * float";
  registerOp<lanes>("EnhancerLanes", {}, {}, {"lanes: float"});
  registerOp<encode>("EnhancerEncode", {"N: int >= 12", "epsilon: float"}, {codes, "table: float", parameters},
                     {"features: float", "statistics: float", "saved: float"});
  registerOp<encodeGradient>("EnhancerEncodeGrad", {"N: int >= 12"},
                             {codes, "table: float", "feature_gradients: float", "saved: float", parameters}, {"gradients: N * float"});
  registerOp<encodeWith>("EnhancerEncodeWith", {"N: int >= 12", "epsilon: float"},
                         {codes, "table: float", "statistics: float", parameters}, {"features: float"});
  registerOp<encodeWith>("EnhancerEncodePairs", {"N: int >= 12", "epsilon: float", "length: int >= 1"},
                         {"codes: bool", "table: float", "statistics: float", parameters}, {"features: float"});
  return true;
}();

}  // namespace
