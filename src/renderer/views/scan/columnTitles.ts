import type { Scan } from '../../../shared/domain/scan.ts'

/**
 * What the columns of scores are called where they stand beside each other, in their order. With several models a column’s key
 * holds the model’s whole name, “embedding, trained on Joint: HepG2”; what all of them end in is left out here, and runs of one
 * name, such as the seeds of a variant, are told apart by their numbers.
 */
export function columnTitles({ columns, models }: Pick<Scan, 'columns' | 'models'>): string[] {
  const keys = columns.map(({ key }) => key)
  if (models.length < 2) return keys
  const tails = models.map(({ name }) => (name.includes(', ') ? name.slice(name.indexOf(', ')) : ''))
  const shared = tails.every((tail) => tail === tails[0]) ? tails[0]!.length : 0
  const names = models.map(({ name }) => name.slice(0, name.length - shared))
  const told = models.map(({ reference }, i) => {
    const name = names[i]!
    return names.indexOf(name) !== names.lastIndexOf(name) && 'run' in reference ? `${name}, run ${reference.run}` : name
  })
  const titles = columns.map(({ model, cellType }) => `${told[model]!}: ${cellType}`)
  return new Set(titles).size === titles.length ? titles : keys
}
