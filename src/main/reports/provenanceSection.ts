import type { Provenance, RunDetail } from '../../shared/domain/run.ts'
import { formatDuration, formatTime } from '../../shared/text/numbers.ts'
import { joinWords } from '../../shared/text/splits.ts'
import type { ReportBlock, ReportSection, ReportTable } from './report.ts'
import { paragraph } from './report.ts'
import { lineLabels, type ReportMaterial } from './reportMaterial.ts'

/** Where each number comes from, so that all of it can be made again. */
export function provenanceSection(material: ReportMaterial): ReportSection {
  const { runs, dataset, splits, ensembles, versions, madeAt } = material
  const notes = runs.flatMap(({ id, provenance }) => (provenance?.notes ?? []).map((note) => `Run ${id}: ${note}`))
  return {
    title: 'Provenance',
    blocks: [
      ...(runs.length > 0 ? [runTable(material)] : []),
      ...(ensembles.length > 0
        ? [
            {
              kind: 'list',
              items: ensembles.map(({ name, runs: members }) => `Ensemble ${name}: runs ${joinWords(members.map(String))}.`),
            } as const,
          ]
        : []),
      ...(notes.length > 0 ? [paragraph('Noted in training:'), { kind: 'list', items: notes } as const] : []),
      {
        kind: 'facts',
        name: 'Provenance',
        facts: [
          ['Dataset fingerprint (SHA-256)', dataset.fingerprint],
          ...splits.map(({ id, name }): [string, string] => [`Fingerprint of the split “${name}” (SHA-256)`, splitFingerprint(runs, id)]),
          ...engineVersions(runs),
          ['Workbench', versionsInWords(versions)],
          ['Report made', formatTime(madeAt)],
        ],
      },
    ] satisfies ReportBlock[],
  }
}

function runTable(material: ReportMaterial): ReportTable {
  return {
    kind: 'table',
    name: 'Runs',
    caption: 'The compared runs.',
    columns: [
      ...['Run', 'Name', 'Model', 'Seed', 'Recipe', 'Split'].map((label) => ({ label, shown: 'text' as const })),
      { label: 'Epochs', shown: 'count' },
      { label: 'Weights', shown: 'count' },
      ...['Engine', 'Machine', 'Training time', 'Finished'].map((label) => ({ label, shown: 'text' as const })),
    ],
    rows: material.runs.map((run) => [
      run.id,
      run.name,
      modelOf(run, material),
      run.seed,
      run.recipe.name,
      run.splitName,
      run.epochs,
      run.parameters,
      run.engine ?? '',
      machineInWords(run.provenance),
      formatDuration(run.seconds),
      run.finishedAt === null ? '' : formatTime(run.finishedAt),
    ]),
  }
}

function modelOf(run: RunDetail, material: ReportMaterial): string {
  const line = material.comparison.lines.find(
    ({ variant, members }) => variant !== null && members.some(({ runs }) => runs.includes(run.id)),
  )
  return line ? lineLabels(material)(line.key) : run.variant
}

function machineInWords(provenance: Provenance | null): string {
  if (!provenance) return 'not kept'
  const { processor, cores, memoryGiB, platform, gpu } = provenance.machine
  return [gpu, `${processor}, ${cores} cores, ${memoryGiB} GiB, ${platform}`].filter(Boolean).join('; ')
}

function splitFingerprint(runs: readonly RunDetail[], split: number): string {
  return runs.find((run) => run.split === split && run.provenance)?.provenance?.splitFingerprint ?? 'not kept'
}

/** Each set of versions once: runs of one engine share them. */
function engineVersions(runs: readonly RunDetail[]): [string, string][] {
  const sets = new Map<string, number[]>()
  for (const { id, versions } of runs) {
    const words = versionsInWords(versions)
    sets.set(words, [...(sets.get(words) ?? []), id])
  }
  return [...sets].map(([words, ids]) => [
    `Versions of the engine, ${ids.length === 1 ? 'run' : 'runs'} ${joinWords(ids.map(String))}`,
    words || 'not kept',
  ])
}

function versionsInWords(versions: Readonly<Record<string, string>>): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')
}
