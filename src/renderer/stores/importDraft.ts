import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { DatasetDetail } from '../../shared/domain/dataset.ts'
import type { Source } from '../../shared/domain/source.ts'
import { uploadFile } from '../connection/uploadFile.ts'
import { useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'
import { guessedMapping, importPlan, suggestedName, type ChosenFile } from '../views/datasets/importPlan.ts'

/** An import being put together. It outlives the page that shows it, so that nothing chosen or typed is lost on the way. */
export const useImportDraft = defineStore('importDraft', () => {
  const { calls } = useWorkbench()
  const files = shallowRef<readonly ChosenFile[]>([])
  const name = ref('')
  const named = ref(false)
  const minimumBarcodes = ref('10')

  const adding = useTask(
    async (
      chosen: readonly File[],
      {
        signal,
        onProgress,
      }: { signal?: AbortSignal | undefined; onProgress?: ((value: { stage: string; done: number; total: number }) => void) | undefined },
    ) => {
      const total = chosen.reduce((sum, file) => sum + file.size, 0)
      let before = 0
      const sources: Source[] = []
      for (const file of chosen) {
        sources.push(
          await uploadFile(file, {
            signal,
            onProgress: (sent) => onProgress?.({ stage: `Reading ${file.name}`, done: Math.min(total, before + sent), total }),
          }),
        )
        before += file.size
      }
      const inspections = await calls.datasets.inspect({ sources }, { signal })
      const added = inspections.map((inspection, index): ChosenFile => ({
        source: sources[index]!,
        inspection,
        cellType: inspection.kind === 'activity' ? inspection.cellType : '',
        mapping: guessedMapping(inspection),
      }))
      // The same file chosen again, mended perhaps, takes the place of the first.
      files.value = [...files.value.filter((file) => !added.some((other) => other.inspection.file === file.inspection.file)), ...added]
      if (!named.value) name.value = suggestedName(files.value)
    },
  )

  const plan = computed(() => importPlan(files.value))
  const importing = useTask(calls.datasets.import)

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
    add: adding.start,
    adding: adding.running,
    addProgress: adding.progress,
    addError: adding.error,
    stopAdding: adding.stop,
    importing: importing.running,
    importProgress: importing.progress,
    importError: importing.error,
    stopImporting: importing.stop,
  }
})
