import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import examples from '../../../resources/demo/examples.fasta?raw'
import type { CallOptions } from '../../shared/contract/contract.ts'
import type { ModelReference } from '../../shared/domain/model.ts'
import type { Preflight, Scan } from '../../shared/domain/scan.ts'
import type { Source } from '../../shared/domain/source.ts'
import { uploadFile } from '../connection/uploadFile.ts'
import { useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'

/** Characters of pasted text beyond which it goes as a file does, streamed, instead of in one message. */
const LONGEST_MESSAGE = 1_000_000
const PASTED = 'Pasted sequences'
const PASTED_FILE = 'pasted sequences.fa'

/** A scan being put together: the model, the sequences, and what will happen to them. It outlives the page that shows it. */
export const useScanDraft = defineStore('scanDraft', () => {
  const { calls } = useWorkbench()
  const model = shallowRef<ModelReference | null>(null)
  const source = shallowRef<Source | null>(null)
  const pasted = ref('')
  const name = ref('')
  const preflight = shallowRef<Preflight | null>(null)

  const checking = useTask(async (_: undefined, { signal }) => {
    preflight.value = null
    if (!model.value || !source.value) return
    const checked = { model: model.value, source: source.value }
    const answer = await calls.scans.preflight({ ...checked.model, source: checked.source }, { signal })
    // The model or the file may have been changed while this one was looked at.
    if (checked.model === model.value && checked.source === source.value) preflight.value = answer
  })
  const choose = async (to: Source, suggestedName: string) => {
    source.value = to
    name.value = suggestedName
    await checking.start()
  }
  const uploading = useTask(async (file: File, { signal, onProgress }: CallOptions<number>) => {
    const uploaded = await uploadFile(file, { signal, onProgress })
    await choose(uploaded, file.name === PASTED_FILE ? PASTED : file.name)
  })
  const chooseText = (text: string, sourceName: string, suggestedName: string) => {
    // A file still on its way would take the place of what was chosen after it.
    uploading.stop()
    return choose({ kind: 'text', text, name: sourceName }, suggestedName)
  }
  const usePasted = () =>
    pasted.value.length > LONGEST_MESSAGE
      ? uploading.start(new File([pasted.value], PASTED_FILE))
      : chooseText(pasted.value, 'pasted sequences', PASTED)
  const useExamples = () => chooseText(examples, 'Six example sequences', 'Six example sequences')
  const chooseModel = async (of: ModelReference | null) => {
    model.value = of
    preflight.value = null
    if (of && source.value) await checking.start()
  }
  const starting = useTask(calls.scans.start)
  const begin = async (): Promise<Scan | undefined> => {
    if (!model.value || !source.value) return undefined
    const scan = await starting.start({ ...model.value, source: source.value, name: name.value.trim() || 'Scan' })
    if (scan) {
      chooseOther()
      pasted.value = ''
    }
    return scan
  }
  /** Back to the choice of sequences. What was pasted stays, to be corrected. */
  const chooseOther = () => {
    checking.stop()
    source.value = null
    preflight.value = null
    name.value = ''
    checking.forget()
    uploading.forget()
    starting.forget()
  }

  return {
    model,
    source,
    pasted,
    name,
    preflight,
    chooseModel,
    usePasted,
    useExamples,
    begin,
    chooseOther,
    upload: uploading.start,
    uploading: uploading.running,
    uploaded: uploading.progress,
    uploadError: uploading.error,
    stopUploading: uploading.stop,
    checking: checking.running,
    checkError: checking.error,
    stopChecking: checking.stop,
    check: () => checking.start(),
    starting: starting.running,
    startError: starting.error,
  }
})
