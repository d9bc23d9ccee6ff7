import type { RouteLocationRaw } from 'vue-router'
import { activeRunStates, type Run } from '../../../shared/domain/run.ts'

/** A way on from runs that were chosen: where it leads, or why it does not. */
export type WayOn = { readonly to: RouteLocationRaw } | { readonly problem: string }

const listOf = (runs: readonly Run[]) => runs.map(({ id }) => id).join(',')

/** Beside one another on the page Compare. */
export function wayToCompare(runs: readonly Run[]): WayOn {
  if (runs.some(({ state }) => state !== 'completed')) return { problem: 'Only completed runs can be compared.' }
  const datasets = new Set(runs.map(({ dataset }) => dataset))
  if (datasets.size > 1) return { problem: 'Runs on different datasets are not tested on the same elements.' }
  return { to: { name: 'compare', query: { dataset: runs[0]!.dataset, runs: listOf(runs) } } }
}

/** Two of them in every detail. */
export function wayBeside(runs: readonly Run[]): WayOn {
  return runs.length === 2
    ? { to: { name: 'beside', query: { runs: listOf(runs) } } }
    : { problem: 'Choose two runs to see them beside each other.' }
}

/** Why they cannot go into the bin; null where they can. */
export function binProblem(runs: readonly Run[]): string | null {
  return runs.some(({ state }) => activeRunStates.includes(state))
    ? 'A run that trains or waits is stopped before it goes into the bin.'
    : null
}
