#include "workers.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <exception>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace encoder {
namespace {

/** About 20 µs: the phases of an operation follow each other faster than the system wakes a thread. */
constexpr int SPINS = 1000;

inline void pause() {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

/** Waits for what another thread is about to do; where that one has no core, it gets this one. */
template <class Condition>
void await(Condition isDone) {
  for (int spin = 0; !isDone(); spin++) {
    if (spin < SPINS)
      pause();
    else
      std::this_thread::yield();
  }
}

/** One job's tasks: a range for each thread, taken from the front; who is done with its own helps the others. */
struct alignas(64) Range {
  std::atomic<int> next{0};
  int end = 0;
};

class Workers {
 public:
  explicit Workers(int threads) : ranges_(threads) {
    try {
      for (int i = 1; i < threads; i++) std::thread([this, i] { serve(i); }).detach();
    } catch (const std::system_error&) {
      // The system gives no more of them: the threads there are do the work of the others.
    }
  }

  /** False where another operation has the workers. Throws what the first task that failed threw, once all are done. */
  bool run(int count, void (*task)(void*, int), void* context) {
    std::unique_lock<std::mutex> mine(inUse_, std::try_to_lock);
    if (!mine) return false;
    const int threads = static_cast<int>(ranges_.size());
    for (int i = 0; i < threads; i++) {
      ranges_[i].next.store(static_cast<int>(static_cast<long>(count) * i / threads), std::memory_order_relaxed);
      ranges_[i].end = static_cast<int>(static_cast<long>(count) * (i + 1) / threads);
    }
    task_ = task;
    context_ = context;
    left_.store(count, std::memory_order_relaxed);
    {
      // Under the lock, so that no worker misses it on its way to sleep.
      std::lock_guard<std::mutex> lock(mutex_);
      open_.store(true, std::memory_order_seq_cst);
      job_.fetch_add(1, std::memory_order_seq_cst);
    }
    if (asleep_.load() > 0) woken_.notify_all();
    work(0);
    await([&] { return left_.load(std::memory_order_acquire) == 0; });
    // No worker may look at this job any more when the next one is laid out: either it sees that the job is closed, or this sees it inside.
    open_.store(false, std::memory_order_seq_cst);
    await([&] { return inside_.load(std::memory_order_seq_cst) == 0; });
    if (fault_) std::rethrow_exception(std::exchange(fault_, nullptr));
    return true;
  }

 private:
  void work(int own) {
    const int threads = static_cast<int>(ranges_.size());
    for (int k = 0; k < threads; k++) {
      Range& range = ranges_[(own + k) % threads];
      for (int i; (i = range.next.fetch_add(1, std::memory_order_relaxed)) < range.end;) {
        try {
          task_(context_, i);
        } catch (...) {
          std::lock_guard<std::mutex> lock(mutex_);
          if (!fault_) fault_ = std::current_exception();
        }
        left_.fetch_sub(1, std::memory_order_release);
      }
    }
  }

  void serve(int own) {
    unsigned seen = 0;
    for (;;) {
      for (int spin = 0; spin < SPINS && job_.load(std::memory_order_acquire) == seen; spin++) pause();
      if (job_.load(std::memory_order_acquire) == seen) {
        std::unique_lock<std::mutex> lock(mutex_);
        asleep_.fetch_add(1);
        woken_.wait(lock, [&] { return job_.load() != seen; });
        asleep_.fetch_sub(1);
      }
      seen = job_.load(std::memory_order_acquire);
      inside_.fetch_add(1, std::memory_order_seq_cst);
      if (open_.load(std::memory_order_seq_cst)) work(own);
      inside_.fetch_sub(1, std::memory_order_release);
    }
  }

  std::vector<Range> ranges_;
  std::mutex inUse_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::atomic<int> asleep_{0};
  std::atomic<unsigned> job_{0};
  std::atomic<int> left_{0};
  std::atomic<bool> open_{false};
  std::atomic<int> inside_{0};
  void (*task_)(void*, int) = nullptr;
  void* context_ = nullptr;
  /** The first that a task of the job threw; written under the lock. */
  std::exception_ptr fault_;
};

int threadsWanted() {
  const char* asked = std::getenv("ENCODER_THREADS");
  const int threads = asked ? std::atoi(asked) : static_cast<int>(std::thread::hardware_concurrency());
  return std::min(std::max(threads, 1), 64);
}

/** Never destroyed: at the process's end the threads may still be at work. */
Workers& workers() {
  static Workers* const all = new Workers(threadsWanted());
  return *all;
}

struct Scratch {
  void* memory = nullptr;
  unsigned long bytes = 0;
  ~Scratch() { std::free(memory); }
};

}  // namespace

void shareOut(int count, void (*task)(void*, int), void* context) {
  if (count > 1 && workers().run(count, task, context)) return;
  for (int i = 0; i < count; i++) task(context, i);
}

void* scratchMemory(unsigned long bytes) {
  static thread_local Scratch scratch;
  if (scratch.bytes < bytes) {
    release(scratch.memory);
    scratch = Scratch{};
    scratch.memory = allocate(bytes);
    scratch.bytes = bytes;
  }
  return scratch.memory;
}

void* allocate(unsigned long bytes) {
  void* const memory = std::aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!memory) throw std::bad_alloc();
  return memory;
}

void release(void* memory) { std::free(memory); }

}  // namespace encoder
