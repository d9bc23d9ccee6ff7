import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { CallOptions } from '../../shared/contract/contract.ts'
import type { DatasetDetail, Inspection } from '../../shared/domain/dataset.ts'
import type { Source } from '../../shared/domain/source.ts'
import { forgetOnChange } from '../connection/forgetOnChange.ts'
import { uploadFile } from '../connection/uploadFile.ts'
import { asWorkbenchError, useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'
import { guessedMapping, importPlan, suggestedName, type ChosenFile } from '../views/datasets/importPlan.ts'

interface AddProgress {
  readonly stage: string
  readonly done: number
  readonly total: number
}
const bytesOf = (files: readonly File[]) => files.reduce((sum, file) => sum + file.size, 0)

/** An import being put together. It outlives the page that shows it, so that nothing chosen or typed is lost on the way. */
export const useImportDraft = defineStore('importDraft', () => {
  const { calls } = useWorkbench()
  const files = shallowRef<readonly ChosenFile[]>([])
  const name = ref('')
  const named = ref(false)
  const minimumBarcodes = ref('10')

  /** Chosen and not yet read. What is dropped while others are on their way joins them. */
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
        const [inspection] = await calls.datasets.inspect({ sources: [source] }, { signal })
        signal?.throwIfAborted()
        put(source, inspection!)
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
  const add = async (chosen: readonly File[]) => {
    importing.forget()
    const isUnderWay = waiting.length > 0
    waiting.push(...chosen)
    if (!isUnderWay) await adding.start()
  }
  const stopAdding = () => {
    waiting = []
    adding.stop()
  }
  const put = (source: Source, inspection: Inspection) => {
    const added: ChosenFile = {
      source,
      inspection,
      cellType: inspection.kind === 'activity' ? inspection.cellType : '',
      mapping: guessedMapping(inspection),
    }
    // The same file chosen again, mended perhaps, takes the place of the first.
    files.value = [...files.value.filter((file) => file.inspection.file !== inspection.file), added]
    if (!named.value) name.value = suggestedName(files.value)
  }

  const plan = computed(() => importPlan(files.value))
  const importing = useTask(calls.datasets.import)
  forgetOnChange([files, name, minimumBarcodes], [adding, importing])

  const submit = async (): Promise<DatasetDetail | undefined> => {
    if (!('files' in plan.value)) return undefined
    const made = await importing.start({ name: name.value.trim(), files: plan.value.files, minimumBarcodes: Number(minimumBarcodes.value) })
    if (made) clear()
    return made
  }
  const change = (file: ChosenFile, to: Partial<ChosenFile>) =>
    (files.value = files.value.map((other) => (other === file ? { ...file, ...to } : other)))
  const remove = (file: ChosenFile) => {
    files.value = files.value.filter((other) => other !== file)
    if (!named.value) name.value = suggestedName(files.value)
  }
  const rename = (to: string) => {
    name.value = to
    named.value = to !== ''
  }
  const clear = () => {
    stopAdding()
    adding.forget()
    importing.forget()
    files.value = []
    rename('')
    minimumBarcodes.value = '10'
  }

  return {
    files,
    name,
    minimumBarcodes,
    plan,
    change,
    remove,
    rename,
    clear,
    submit,
    add,
    adding: adding.running,
    addProgress: adding.progress,
    addError: adding.error,
    stopAdding,
    importing: importing.running,
    importProgress: importing.progress,
    importError: importing.error,
    stopImporting: importing.stop,
  }
})
