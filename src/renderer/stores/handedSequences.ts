import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Sequences as FASTA, under the name that a scan of them is to have. */
export interface HandedSequences {
  readonly name: string
  readonly text: string
}

/** Sequences that one page hands to the page that scores them: put there once, and taken once. */
export const useHandedSequences = defineStore('handedSequences', () => {
  const handed = shallowRef<HandedSequences | null>(null)
  const hand = (sequences: HandedSequences) => (handed.value = sequences)
  const take = (): HandedSequences | null => {
    const taken = handed.value
    handed.value = null
    return taken
  }
  return { handed, hand, take }
})
