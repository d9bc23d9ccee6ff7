import type { Comparison } from '../../shared/domain/comparison.ts'
import { ALL_CELL_TYPES, measureNames } from '../../shared/domain/measures.ts'
import { publishedResults } from '../../shared/domain/publishedResults.ts'
import { variants } from '../../shared/domain/variants.ts'
import { measureAxis, measureWords } from '../../shared/text/measures.ts'
import { countOf, formatCount } from '../../shared/text/numbers.ts'
import { paragraph, type ReportBlock, type ReportSection, type ReportTable } from './report.ts'
import { lineLabels, recipesOf, type ReportMaterial } from './reportMaterial.ts'

/** Decimals of every measure, as on the page. */
const DECIMALS = 3

/** The measures with their intervals, the differences, and beside them what was published. */
export function resultsSection(material: ReportMaterial): ReportSection {
  const { comparison, certainty } = material
  return {
    title: 'Results',
    blocks: [
      ...(comparison.lines.length > 0 ? [certaintyTable(material)] : []),
      ...(certainty.pairs.length > 0 ? [differencesTable(material)] : []),
      ...(comparison.rows.length > 0 ? [measuresTable(material)] : []),
      ...(comparison.leftOut.length > 0 ? leftOut(comparison) : []),
      ...publishedTable(material),
    ],
  }
}

const cellTypeName = (name: string) => (name === ALL_CELL_TYPES ? 'All cell types' : name)

function certaintyTable(material: ReportMaterial): ReportTable {
  const { certainty, comparison } = material
  const label = lineLabels(material)
  const ceilings = new Map(comparison.cellTypes.map((name, c) => [name, comparison.ceilings[c] ?? null]))
  const showsCeiling = certainty.measure === 'pearson'
  return {
    kind: 'table',
    name: 'Comparison',
    caption: `${measureAxis(certainty.measure, comparison.target)} by model and cell type, with 95 % intervals by bootstrap over groups${showsCeiling ? ' and the noise ceiling' : ''}. Best: no model is told to be better, and at least one to be worse.`,
    columns: [
      { label: 'Cell type', shown: 'text' },
      { label: 'Model', shown: 'text' },
      { label: measureWords[certainty.measure].label, shown: DECIMALS },
      { label: 'From', shown: DECIMALS },
      { label: 'To', shown: DECIMALS },
      { label: 'SD over seeds', shown: DECIMALS },
      { label: 'Rows', shown: 'count' },
      ...(showsCeiling ? [{ label: 'Noise ceiling', shown: DECIMALS }] : []),
      { label: 'Best', shown: 'text' },
    ],
    rows: [...comparison.cellTypes, ALL_CELL_TYPES].flatMap((cellType) =>
      certainty.cells
        .filter((cell) => cell.cellType === cellType)
        .map(({ line, mean, low, high, sd, n, best }) => [
          cellTypeName(cellType),
          label(line),
          mean,
          low,
          high,
          sd,
          n,
          ...(showsCeiling ? [ceilings.get(cellType) ?? null] : []),
          best ? 'best' : '',
        ]),
    ),
  }
}

function differencesTable(material: ReportMaterial): ReportTable {
  const { certainty } = material
  const label = lineLabels(material)
  return {
    kind: 'table',
    name: 'Differences',
    caption: `Differences of ${measureWords[certainty.measure].label} between models, the first minus the second, with 95 % intervals by paired bootstrap over groups.`,
    columns: [
      { label: 'Cell type', shown: 'text' },
      { label: 'First', shown: 'text' },
      { label: 'Second', shown: 'text' },
      { label: 'Difference', shown: DECIMALS },
      { label: 'From', shown: DECIMALS },
      { label: 'To', shown: DECIMALS },
      { label: 'Better', shown: 'text' },
    ],
    rows: certainty.pairs.map(({ cellType, a, b, difference, low, high, better }) => [
      cellTypeName(cellType),
      label(a),
      label(b),
      difference,
      low,
      high,
      better === null ? 'cannot be told' : label(better),
    ]),
  }
}

function measuresTable(material: ReportMaterial): ReportTable {
  const { comparison } = material
  const label = lineLabels(material)
  return {
    kind: 'table',
    name: 'Measures',
    caption: `All six measures of every run${comparison.target === 'log2' ? '; RMSE and MAE in log2 units' : ''}.`,
    columns: [
      { label: 'Model', shown: 'text' },
      { label: 'Run', shown: 'text' },
      { label: 'Seed', shown: 'text' },
      { label: 'Cell type', shown: 'text' },
      { label: 'Rows', shown: 'count' },
      ...measureNames.map((name) => ({ label: measureWords[name].label, shown: DECIMALS })),
    ],
    rows: comparison.rows.map((row) => [
      label(row.line),
      row.run,
      row.seed,
      cellTypeName(row.cellType),
      row.n,
      ...measureNames.map((name) => row[name]),
    ]),
  }
}

function leftOut({ leftOut: left }: Comparison): ReportBlock[] {
  const what = ({ run, ensemble }: Comparison['leftOut'][number]) => (run === null ? `Ensemble ${ensemble}` : `Run ${run}`)
  return [paragraph('Left out:'), { kind: 'list', items: left.map((one) => `${what(one)}: ${one.reason}`) }]
}

/** Only beside runs of the seed recipe: for any other one it would be compared with what it is not. */
function publishedTable(material: ReportMaterial): ReportBlock[] {
  const recipes = recipesOf(material)
  if (recipes.length === 0 || !recipes.every(({ name, target }) => name === 'seed' && target === 'log2')) return []
  return [
    {
      kind: 'table',
      name: 'Published',
      caption: `Published, not measured here: the seed project’s own results with its recipe, on ENCODE’s joint library (${countOf(publishedResults.testRows, 'test row')}, all cell types together, split by name, which leaks).`,
      columns: [
        { label: 'Variant', shown: 'text' },
        ...measureNames.map((name) => ({ label: `${measureWords[name].label}, published`, shown: 4 })),
      ],
      rows: variants.map((variant) => [variant, ...measureNames.map((name) => publishedResults.allCellTypes[variant][name])]),
    },
    paragraph(
      `The published table is of another library than ${material.dataset.name} (${formatCount(material.dataset.elements)} elements): it is for orientation, not for comparison digit by digit.`,
    ),
  ]
}
