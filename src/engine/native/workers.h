#pragma once

/** Threads that share the work of one operation: as many as the machine has cores, or as ENCODER_THREADS says. */
namespace encoder {

/**
 * Calls `task(context, i)` once for every i below `count`, on this thread and those that are free, and returns when all are
 * done. Which thread takes which is left open, so a task must write only what is its own. What a task throws is thrown
 * here, once all are done.
 */
void shareOut(int count, void (*task)(void* context, int i), void* context);

/** Memory of this thread, aligned for any vector, for the time of one task. */
void* scratchMemory(unsigned long bytes);

/** Memory aligned for any vector, until it is released. Throws std::bad_alloc. */
void* allocate(unsigned long bytes);
void release(void* memory);

template <class Task>
void shareOut(int count, const Task& task) {
  shareOut(count, [](void* context, int i) { (*static_cast<const Task*>(context))(i); }, const_cast<Task*>(&task));
}

}  // namespace encoder
