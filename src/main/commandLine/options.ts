import { InvalidArgumentError, Option, type Command } from 'commander'
import { splitKinds } from '../../shared/domain/split.ts'
import { variants, type Variant } from '../../shared/domain/variants.ts'

/** Of 31 bits, as the generators take them. */
export const LARGEST_SEED = 2 ** 31 - 1

/** Which elements are meant; all that is asked for must hold. */
export function filterOptions(command: Command, cellTypes: string): void {
  command
    .option('--search <text>', 'part of a name, or of a sequence on either strand')
    .option('--cell-types <a,b>', cellTypes)
    .option('--complete', 'measured in every one of them')
    .option('--activity <CELL=FROM..TO...>', 'log2(RNA/DNA) in a cell type; either end may be left out')
    .option('--length <FROM..TO>', 'bases, adapters included')
    .option('--gc <FROM..TO>', 'percent of G and C')
    .option('--barcodes <n>', 'at least so many barcodes a replicate', wholeNumber(1))
    .option('--label <COLUMN=A,B>', 'one of these labels in a column of the file')
    .option('--use-split <name>', 'name or number of a split of the dataset, with --parts')
    .option('--parts <a,b>', 'parts of that split: train, validation, test')
}

export function splitOption(): Option {
  return new Option(
    '--split <split>',
    'what is held out: by group, by fold, by chromosome, by a column of the file, or by name (which leaks)',
  )
    .choices(splitKinds)
    .default('group')
}

export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text.trim()) || value < least || value > most) {
      const limits = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`
      throw new InvalidArgumentError(`It must be a whole number ${limits}.`)
    }
    return value
  }
}

export function share(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 1)) throw new InvalidArgumentError('A share is a number from 0 to 1.')
  return value
}

export function percentile(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 100)) throw new InvalidArgumentError('It must be a number from 0 to 100.')
  return value
}

export function numberList(most?: number): (text: string) => number[] {
  return (text) => text.split(',').map((number) => wholeNumber(0, most)(number))
}

/** Numbers of runs, models or ensembles, which count from 1. */
export function idList(text: string): number[] {
  return text.split(',').map((number) => wholeNumber(1)(number))
}

export function variantList(text: string): Variant[] {
  return text.split(',').map((name) => {
    const trimmed = name.trim()
    if (!(variants as readonly string[]).includes(trimmed)) throw new InvalidArgumentError(`The variants are ${variants.join(', ')}.`)
    return trimmed as Variant
  })
}
