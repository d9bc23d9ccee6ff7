import { allFolds, defaultShares, splitSettingsSchema, type Shares, type SplitKind, type SplitSettings } from '../../shared/domain/split.ts'
import { WrongUse } from './command.ts'

const keysOf: Readonly<Record<SplitKind, readonly string[]>> = {
  group: ['shares'],
  kfold: ['folds', 'fold'],
  chromosome: ['shares', 'test', 'validation'],
  column: ['column', 'test', 'validation', 'shares'],
  name: ['shares'],
}

/** What `--split-settings` takes, for the help. */
export const splitSettingsHelp = [
  'Settings of splits (--split-settings key=value …; a list has commas, or the key comes again):',
  '  group, name   shares=70/15/15                  percent for training, validation and test',
  '  kfold         folds=5 fold=1,2                 all folds where none is named; each is an experiment',
  '  chromosome    test=chr8,chr9 validation=chr7   drawn by the shares where none is named',
  '  column        column=NAME test=A,B             labels of that column; validation=… as well, else by its share',
].join('\n')

/**
 * The splits that a command line asks for: one, or of a k-fold split each fold.
 *
 * @throws WrongUse
 */
export function readSplit(kind: SplitKind, seed: number, pairs: readonly string[]): SplitSettings[] {
  const given = new Map<string, string[]>()
  for (const pair of pairs) {
    const at = pair.indexOf('=')
    const key = pair.slice(0, Math.max(0, at)).trim()
    if (!keysOf[kind].includes(key))
      throw new WrongUse(`--split-settings ${pair}: a split by ${kind} takes ${keysOf[kind].map((known) => `${known}=…`).join(', ')}.`)
    given.set(key, [...(given.get(key) ?? []), pair.slice(at + 1)])
  }
  const list = (key: string) => (given.get(key) ?? []).flatMap((value) => value.split(',')).map((value) => value.trim())
  if (kind === 'kfold') {
    const folds = wholeNumber('folds', given.get('folds')?.at(-1) ?? '5', 3, 20)
    const named = list('fold').filter((fold) => fold !== 'all')
    const chosen = new Set(named.map((fold) => wholeNumber('fold', fold, 1, folds)))
    return allFolds(folds, seed).filter((_, i) => chosen.size === 0 || chosen.has(i + 1))
  }
  const column = given.get('column')?.at(-1)
  if (kind === 'column' && !column) throw new WrongUse('A split by column needs --split-settings column=NAME test=LABEL.')
  const shares = readShares(given.get('shares')?.at(-1))
  return [splitSettingsSchema.parse({ kind, seed, shares, column, test: list('test'), validation: list('validation') })]
}

function readShares(text: string | undefined): Shares {
  if (text === undefined) return defaultShares
  const [train = NaN, validation = NaN, test = NaN, ...more] = text.split('/').map((share) => Number(share.trim() || NaN) / 100)
  if (more.length > 0 || ![train, validation, test].every((share) => share >= 0.01) || Math.abs(train + validation + test - 1) > 1e-6)
    throw new WrongUse(
      `--split-settings shares=${text}: three shares of at least 1, of training, validation and test, that make 100 together.`,
    )
  return { train, validation, test }
}

function wholeNumber(key: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text.trim()) && value >= least && value <= most) return value
  throw new WrongUse(`--split-settings ${key}=${text}: a whole number from ${least} to ${most}.`)
}
