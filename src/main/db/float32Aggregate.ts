import type Database from 'better-sqlite3'
import { toBlob } from './vectors.ts'

/** Teaches a connection `float32s(x ORDER BY …)`: the values of a group as a BLOB of float32. */
export function addFloat32Aggregate(database: Database.Database): void {
  database.aggregate<number[]>('float32s', {
    start: () => [],
    step: (values, value) => {
      values.push(value)
    },
    result: (values) => toBlob(Float32Array.from(values)),
  })
}
