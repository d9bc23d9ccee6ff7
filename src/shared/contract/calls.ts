import { comparisons, reports } from './calls/comparisons.ts'
import { datasets, splits, templates } from './calls/datasets.ts'
import { ensembles, experiments } from './calls/experiments.ts'
import { models } from './calls/models.ts'
import { scans } from './calls/scans.ts'
import { engine, workspace } from './calls/workspace.ts'
import type { CallGroups } from './contract.ts'

/** Every call that the page and the command line can make. */
export const calls = {
  workspace,
  engine,
  datasets,
  templates,
  splits,
  experiments,
  ensembles,
  comparisons,
  reports,
  models,
  scans,
} as const satisfies CallGroups
