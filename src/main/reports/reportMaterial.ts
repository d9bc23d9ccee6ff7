import type { Certainty, ComparedCurve, Comparison } from '../../shared/domain/comparison.ts'
import type { DatasetDetail } from '../../shared/domain/dataset.ts'
import type { Ensemble } from '../../shared/domain/ensemble.ts'
import type { Examination } from '../../shared/domain/examination.ts'
import type { Origin } from '../../shared/domain/origin.ts'
import type { Recipe } from '../../shared/domain/recipe.ts'
import type { RunDetail } from '../../shared/domain/run.ts'
import type { Split } from '../../shared/domain/split.ts'
import type { Variant } from '../../shared/domain/variants.ts'

/** All that a report is made from: what the page's own calls gave, and nothing besides. */
export interface ReportMaterial {
  /** In the person's words; empty for the workbench's own. */
  readonly question: string
  readonly comparison: Comparison
  readonly certainty: Certainty
  readonly curves: readonly ComparedCurve[]
  /** One a line, in their order. */
  readonly examinations: readonly Examination[]
  readonly dataset: DatasetDetail
  readonly origin: Origin | null
  /** The splits of the compared runs. */
  readonly splits: readonly Split[]
  /** The compared runs, those of ensembles among them, in the order of their numbers. */
  readonly runs: readonly RunDetail[]
  readonly ensembles: readonly Ensemble[]
  /** What a filter asks of the compared elements, in words; null where all of the test part are compared. */
  readonly filter: string | null
  /** ISO 8601, UTC. */
  readonly madeAt: string
  /** Of the workbench and what it runs on. */
  readonly versions: Readonly<Record<string, string>>
}

/** The variants of the compared runs, each once. */
export function variantsOf({ runs }: Pick<ReportMaterial, 'runs'>): Variant[] {
  return [...new Set(runs.map(({ variant }) => variant))]
}

/** The different recipes of the compared runs, each once. */
export function recipesOf({ runs }: Pick<ReportMaterial, 'runs'>): Recipe[] {
  return [...new Map(runs.map(({ recipe }) => [JSON.stringify(Object.entries(recipe).sort()), recipe])).values()]
}

/** Names of the lines by their keys. */
export function lineLabels({ comparison }: Pick<ReportMaterial, 'comparison'>): (key: string) => string {
  const labels = new Map(comparison.lines.map(({ key, label }) => [key, label]))
  return (key) => labels.get(key) ?? key
}
