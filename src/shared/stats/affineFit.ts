import { mean, type Vector } from './correlation.ts'

/** A straight line: `scale · x + offset`. */
export interface AffineFit {
  readonly scale: number
  readonly offset: number
}

/**
 * The straight line through the points (x, y) by least squares, in double precision. Where x is constant, the line is level at
 * the mean of y; without points it is y = x.
 */
export function affineFit(x: Vector, y: Vector): AffineFit {
  if (x.length !== y.length) throw new RangeError(`vectors of ${x.length} and ${y.length} values cannot be compared`)
  if (x.length === 0) return { scale: 1, offset: 0 }
  const [meanX, meanY] = [mean(x), mean(y)]
  let xx = 0
  let xy = 0
  for (let i = 0; i < x.length; i++) {
    const dx = x[i]! - meanX
    xx += dx * dx
    xy += dx * (y[i]! - meanY)
  }
  const isConstant = x.every((value) => value === x[0])
  const scale = isConstant ? 0 : xy / xx
  return { scale, offset: meanY - scale * meanX }
}
