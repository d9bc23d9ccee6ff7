/** How a long sequence is cut: windows of `length` bases, one every `stride`, the last ending with the sequence. */
export interface Windows {
  readonly length: number
  readonly stride: number
}

/** How many windows a sequence makes; 0 where it is no longer than one. */
export function countWindows(bases: number, { length, stride }: Windows): number {
  return bases <= length ? 0 : Math.ceil((bases - length) / stride) + 1
}

/** Where a window starts, counted from 0 as the windows are. */
export function windowStart(window: number, bases: number, { length, stride }: Windows): number {
  return Math.min(window * stride, bases - length)
}
