/**
 * A device's name in the PCI ID list that most systems keep (pci.ids): a maker on a line of its own, its devices below it, each
 * after one tab. What stands in brackets is the name that people know.
 *
 * @param vendor four hexadecimal digits, lower case; so is `device`
 */
export function findPciName(list: string, vendor: string, device: string): string | undefined {
  const start = new RegExp(`^${vendor}  (.+)$`, 'm').exec(list)
  if (!start) return undefined
  const rest = list.slice(start.index + start[0].length)
  const end = /^[^\t#\n]/m.exec(rest)
  const [, name] = new RegExp(`^\\t${device}  (.+)$`, 'm').exec(end ? rest.slice(0, end.index) : rest) ?? []
  if (name === undefined) return undefined
  const known = /\[([^\]]+)\]/.exec(name)?.[1] ?? name
  const maker = start[1]!.replace(/,? (?:Corporation|Inc\.?|Technologies).*$/, '').replace(/^Advanced Micro Devices$/, 'AMD')
  return known.startsWith(maker) ? known : `${maker} ${known}`
}
