/** Lines of at most `width` pixels of 14-pixel text, broken between words; a longer word stands alone. */
export function wrapText(text: string, width: number): readonly string[] {
  // Seven pixels a letter is wide for a system font at this size, so that no line is cut.
  return brokenAt(text, Math.max(20, Math.floor((width - 24) / 7)))
}

/** Lines of at most so many letters, broken between words; a longer word stands alone. */
export function brokenAt(text: string, letters: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
