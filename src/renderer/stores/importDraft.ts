import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { CallOptions } from '../../shared/contract/contract.ts'
import { WorkbenchError } from '../../shared/domain/errors.ts'
import type { DatasetDetail } from '../../shared/domain/dataset.ts'
import {
  importDecisionsSchema,
  type FileInspection,
  type FindingKind,
  type ImportDecisions,
  type ImportReview,
  type PreparedImport,
} from '../../shared/domain/importing.ts'
import type { HeaderKind, TableMapping } from '../../shared/domain/mapping.ts'
import type { Source } from '../../shared/domain/source.ts'
import { forgetOnChange } from '../connection/forgetOnChange.ts'
import { uploadFile } from '../connection/uploadFile.ts'
import { asWorkbenchError, useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'
import { recallImport, rememberImport, type Remembered } from './importMemory.ts'
import type { ChosenFile, ChosenTable, SequenceOrigin } from './chosenFiles.ts'
import { importPlan, sequenceOrigins, suggestedName } from './importPlan.ts'
import { useDatasets } from './datasets.ts'

interface AddProgress {
  readonly stage: string
  readonly done: number
  readonly total: number
}
/** Characters of pasted text beyond which it goes as a file does, streamed, instead of in one message. */
const LONGEST_MESSAGE = 1_000_000
/** How long a slider rests before the core is asked again. */
const REST = 120
const bytesOf = (files: readonly File[]) => files.reduce((sum, file) => sum + file.size, 0)
const freshDecisions = () => importDecisionsSchema.parse({})
const sheetOf = ({ inspection }: ChosenFile) => ('sheet' in inspection ? inspection.sheet : null)

/** An import being put together. It outlives the page that shows it, and a reload, so that nothing chosen or typed is lost on the way. */
export const useImportDraft = defineStore('importDraft', () => {
  const { calls, whenOpen } = useWorkbench()
  const datasets = useDatasets()
  const files = shallowRef<readonly ChosenFile[]>([])
  const preferred = ref<SequenceOrigin | null>(null)
  const name = ref('')
  const named = ref(false)
  const step = ref<'files' | 'report'>('files')
  const decisions = shallowRef<ImportDecisions>(freshDecisions())
  const prepared = shallowRef<PreparedImport | null>(null)
  const preparedPlan = ref('')
  const review = shallowRef<ImportReview | null>(null)
  /** What was being written when the page was reloaded. */
  const writing = shallowRef<Remembered['writing']>(null)

  const origins = computed(() => sequenceOrigins(files.value))
  const plan = computed(() => importPlan(files.value, preferred.value))

  // Files: sent, looked at, put beside the others.
  let waiting: File[] = []
  const adding = useTask(async (_: undefined, { signal, onProgress }: CallOptions<AddProgress>) => {
    const mine = waiting
    let before = 0
    let problem: unknown
    for (let file = mine[0]; file; file = mine[0]) {
      const stage = `Reading ${file.name}`
      const total = before + bytesOf(mine)
      try {
        const source = await uploadFile(file, {
          signal,
          onProgress: (sent) => onProgress?.({ stage, done: Math.min(total, before + sent), total }),
        })
        await look(source, file.size, signal)
      } catch (fault) {
        if (signal?.aborted) throw fault
        // One that cannot be read does not take the others with it.
        problem ??= fault
      }
      before += file.size
      mine.shift()
    }
    if (problem !== undefined) throw asWorkbenchError(problem)
  })
  const look = async (source: Source, size: number, signal: AbortSignal | undefined) => {
    const [inspection] = await calls.datasets.inspect({ sources: [source] }, { signal })
    signal?.throwIfAborted()
    put(asChosen(source, size, inspection!))
  }
  const put = (added: ChosenFile) => {
    // The same file chosen again, mended perhaps, takes the place of the first.
    const { file } = added.inspection
    files.value = [...files.value.filter((other) => other.inspection.file !== file), added]
    rename()
  }
  const add = async (chosen: readonly File[]) => {
    const isUnderWay = waiting.length > 0
    waiting.push(...chosen)
    if (!isUnderWay) await adding.start()
  }
  const stopAdding = () => {
    waiting = []
    adding.stop()
  }
  const pasting = useTask(async (text: string, { signal }) => {
    const title = pastedName(files.value)
    if (text.length > LONGEST_MESSAGE) return add([new File([text], title)])
    return look({ kind: 'text', text, name: title }, new Blob([text]).size, signal)
  })

  // Tables: which sheet, what names their columns, what the columns hold.
  const change = (file: ChosenFile, to: Partial<ChosenFile>) =>
    (files.value = files.value.map((other) => (other === file ? { ...file, ...to } : other)))
  const looking = useTask(
    async ({ file, sheet, header }: { file: ChosenTable; sheet?: string | undefined; header?: HeaderKind | undefined }, { signal }) => {
      const wanted = sheet ?? file.inspection.sheet
      const [inspection] = await calls.datasets.inspect(
        { sources: [file.source], ...(wanted !== null && { sheet: wanted }), ...(header && { header }) },
        { signal },
      )
      const found = asChosen(file.source, file.size, inspection!)
      if (found.inspection.kind === 'unusable')
        throw new WorkbenchError('invalid-input', found.inspection.message, { hint: found.inspection.hint })
      change(file, found)
      return found
    },
  )
  /** Another sheet of the same workbook, as a table of its own. */
  const addSheet = async (file: ChosenTable, sheet: string) => {
    const [inspection] = await calls.datasets.inspect({ sources: [file.source], sheet })
    const at = files.value.findIndex((other) => other.source === file.source)
    files.value = files.value.toSpliced(at + 1, 0, asChosen(file.source, file.size, inspection!))
  }
  const remap = (file: ChosenTable, mapping: TableMapping) => change(file, { mapping })
  const remove = (file: ChosenFile) => {
    files.value = files.value.filter((other) => other !== file)
    rename()
  }
  const rename = (to?: string) => {
    if (to !== undefined) {
      name.value = to
      named.value = to !== ''
    } else if (!named.value) name.value = suggestedName(files.value)
  }

  // The report: read once, asked again with every decision. Only the last answer counts.
  const preparing = useTask(calls.datasets.prepare)
  const reviewing = useTask(calls.datasets.review)
  const isStale = ref(false)
  let rest: ReturnType<typeof setTimeout> | undefined
  const letGo = () => {
    const handle = prepared.value?.prepared
    clearTimeout(rest)
    reviewing.stop()
    prepared.value = null
    review.value = null
    isStale.value = false
    if (handle !== undefined) void calls.datasets.discard({ prepared: handle }).catch(() => undefined)
  }
  const isStill = (handle: string) => prepared.value?.prepared === handle
  const ask = async () => {
    clearTimeout(rest)
    if (!prepared.value) return
    isStale.value = true
    const { prepared: handle } = prepared.value
    const answer = await reviewing.start({ prepared: handle, decisions: decisions.value })
    // A newer question is under way where this one was cut short.
    if (answer && isStill(handle)) {
      review.value = answer
      isStale.value = false
    }
  }
  const decide = (to: Partial<ImportDecisions>) => {
    decisions.value = { ...decisions.value, ...to }
    isStale.value = true
    clearTimeout(rest)
    rest = setTimeout(() => void ask(), REST)
  }
  const check = async () => {
    if (!('plan' in plan.value) || preparing.running.value) return
    const key = JSON.stringify(plan.value.plan)
    if (!prepared.value || preparedPlan.value !== key || reviewing.error.value) {
      letGo()
      const made = await preparing.start({ plan: plan.value.plan })
      if (!made) return
      prepared.value = made
      preparedPlan.value = key
    }
    step.value = 'report'
    await ask()
  }
  const listOf = (kind: FindingKind) =>
    calls.datasets.finding({ prepared: prepared.value?.prepared ?? '', decisions: decisions.value, kind })

  // Writing.
  const committing = useTask(calls.datasets.commit)
  const commit = async (): Promise<DatasetDetail | undefined> => {
    if (!prepared.value || isStale.value || committing.running.value) return undefined
    writing.value = { name: name.value.trim(), before: datasets.all.map(({ id }) => id) }
    const made = await committing.start({ prepared: prepared.value.prepared, name: name.value.trim(), decisions: decisions.value })
    writing.value = null
    if (made) {
      prepared.value = null
      clear()
    }
    return made
  }
  const clear = () => {
    stopAdding()
    preparing.stop()
    letGo()
    for (const task of [adding, pasting, looking, preparing, reviewing, committing]) task.forget()
    files.value = []
    preferred.value = null
    decisions.value = freshDecisions()
    step.value = 'files'
    writing.value = null
    rename('')
  }
  forgetOnChange([files, preferred], [adding, pasting, looking, preparing])
  forgetOnChange([name, decisions, step], [committing])

  // A reload of the page: sent files, mappings, decisions and what was read are still there.
  const restoring = useTask(async (kept: Remembered) => {
    const found: ChosenFile[] = []
    for (const { source, size, sheet, mapping } of kept.files) {
      const looked = { sources: [source], ...(sheet !== null && { sheet }), ...(mapping && { header: mapping.header }) }
      const [inspection] = await calls.datasets.inspect(looked)
      const file = asChosen(source, size, inspection!)
      found.push(file.mapping && mapping ? { ...file, mapping } : file)
    }
    files.value = [...found, ...files.value]
    preferred.value = kept.preferred
    name.value = kept.name
    named.value = kept.named
    decisions.value = kept.decisions
    prepared.value = kept.prepared
    preparedPlan.value = kept.preparedPlan
    step.value = kept.prepared ? kept.step : 'files'
    writing.value = kept.writing
    await ask()
  })
  let kept = recallImport(sessionStorage)
  whenOpen(() => {
    const before = kept
    kept = null
    if (before) void restoring.start(before)
  })
  watch(
    [files, preferred, name, decisions, prepared, step, writing],
    () => {
      if (restoring.running.value) return
      const remembered: Remembered = {
        files: files.value.map((file) => ({ source: file.source, size: file.size, sheet: sheetOf(file), mapping: file.mapping })),
        preferred: preferred.value,
        name: name.value,
        named: named.value,
        decisions: decisions.value,
        prepared: prepared.value,
        preparedPlan: preparedPlan.value,
        step: step.value,
        writing: writing.value,
      }
      rememberImport(sessionStorage, files.value.length ? remembered : null)
    },
    { flush: 'post' },
  )
  /** The dataset that a reload did not keep from being written. */
  const written = computed(() => {
    const awaited = writing.value
    if (!awaited || committing.running.value) return null
    return datasets.all.find(({ id, name: its }) => its === awaited.name && !awaited.before.includes(id)) ?? null
  })

  return {
    files,
    preferred,
    origins,
    plan,
    name,
    step,
    decisions,
    prepared,
    review,
    isStale,
    writing,
    written,
    add,
    stopAdding,
    paste: pasting.start,
    change,
    lookAgain: looking.start,
    addSheet,
    remap,
    remove,
    rename,
    check,
    decide,
    ask,
    listOf,
    commit,
    clear,
    adding: adding.running,
    addProgress: adding.progress,
    addError: computed(() => adding.error.value ?? pasting.error.value ?? looking.error.value),
    preparing: preparing.running,
    prepareProgress: preparing.progress,
    prepareError: preparing.error,
    stopPreparing: preparing.stop,
    reviewError: reviewing.error,
    committing: committing.running,
    commitProgress: committing.progress,
    commitError: committing.error,
    stopCommitting: committing.stop,
    restoring: restoring.running,
  }
})

function asChosen(source: Source, size: number, inspection: FileInspection): ChosenFile {
  return { source, size, inspection, mapping: inspection.kind === 'table' || inspection.kind === 'regions' ? inspection.mapping : null }
}

function pastedName(files: readonly ChosenFile[]): string {
  const taken = new Set(files.map(({ inspection }) => inspection.file))
  for (let n = 1; ; n++) {
    const title = n === 1 ? 'Pasted text' : `Pasted text ${n}`
    if (!taken.has(title)) return title
  }
}
