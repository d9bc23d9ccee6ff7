import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import examples from '../../../resources/demo/examples.fasta?raw'
import type { CallOptions } from '../../shared/contract/contract.ts'
import type { ScorerReference } from '../../shared/domain/model.ts'
import type { Scan } from '../../shared/domain/scan.ts'
import type { Source } from '../../shared/domain/source.ts'
import { uploadFile } from '../connection/uploadFile.ts'
import { useTask } from '../connection/useTask.ts'
import { useWorkbench } from '../connection/workbench.ts'
import type { HandedSequences } from './handedSequences.ts'
import { refuseTooLarge } from './refuseTooLarge.ts'
import { useScanQuestion } from './scanQuestion.ts'
import type { TakenOut } from './scanSettings.ts'

/** Characters of pasted text beyond which it goes as a file does, streamed, instead of in one message. */
const LONGEST_MESSAGE = 1_000_000
const PASTED = 'Pasted sequences'

/** A file on its way to the workspace. Size in bytes. */
export interface Sending {
  readonly file: string
  readonly size: number
}

/** A scan being put together: models, sequences, how they are read, and what will happen to them. It outlives the page that shows it. */
export const useScanDraft = defineStore('scanDraft', () => {
  const { calls } = useWorkbench()
  const { choose, letGo, begin, ...scan } = useScanQuestion(calls.scans)
  const { models, source, settings } = scan
  const pasted = ref('')

  const sending = shallowRef<Sending | null>(null)
  const send = async (file: File, { signal, onProgress }: CallOptions<number>): Promise<Source> => {
    const { uploadLimitGiB } = await calls.workspace.settings({}, { signal })
    refuseTooLarge(file, uploadLimitGiB)
    sending.value = { file: file.name, size: file.size }
    const sent = await uploadFile(file, { signal, onProgress })
    signal?.throwIfAborted()
    return sent
  }
  const uploading = useTask(async ({ file, as }: { file: File; as: string }, options: CallOptions<number>) => {
    choose(await send(file, options), as)
  })
  const sendingGenome = useTask(async (file: File, options: CallOptions<number>) => {
    const before = source.value
    const genome = await send(file, options)
    // A genome of other sequences than those that are chosen by now would be a wrong one.
    if (before === source.value) settings.genome = genome
  })

  const chooseText = (text: string, sourceName: string, as: string) => {
    if (text.length > LONGEST_MESSAGE) return void uploading.start({ file: new File([text], sourceName), as })
    // A file still on its way would take the place of what was chosen after it.
    uploading.stop()
    choose({ kind: 'text', text, name: sourceName }, as)
  }
  const takeHanded = ({ name: title, text }: HandedSequences) => {
    pasted.value = text
    chooseText(text, title, title)
  }
  /** Back to the choice of sequences. What was pasted stays, to be corrected. */
  const chooseOther = () => {
    letGo()
    sendingGenome.stop()
    uploading.forget()
    sendingGenome.forget()
  }

  return {
    ...scan,
    pasted,
    chooseModels: (to: readonly ScorerReference[]) => (models.value = to),
    takeOut: (record: TakenOut) => (settings.takenOut = [...settings.takenOut.filter(({ line }) => line !== record.line), record]),
    bringBack: (line: number) => (settings.takenOut = settings.takenOut.filter((record) => record.line !== line)),
    usePasted: () => chooseText(pasted.value, 'pasted sequences', PASTED),
    useExamples: () => chooseText(examples, 'Six example sequences', 'Six example sequences'),
    takeHanded,
    chooseOther,
    begin: async (): Promise<Scan | undefined> => {
      const begun = await begin()
      if (begun) pasted.value = ''
      return begun
    },
    sending,
    upload: (file: File) => uploading.start({ file, as: file.name }),
    uploading: uploading.running,
    uploaded: uploading.progress,
    uploadError: uploading.error,
    stopUploading: uploading.stop,
    sendGenome: sendingGenome.start,
    sendingGenome: sendingGenome.running,
    genomeSent: sendingGenome.progress,
    genomeError: sendingGenome.error,
    stopGenome: sendingGenome.stop,
  }
})
