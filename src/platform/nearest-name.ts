/**
 * Finds the known name that a misspelled one most likely stands for: at most a third of its characters differ.
 * Letter case does not count.
 */
function nearestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  let nearest: string | undefined
  let fewestEdits = Math.max(1, Math.ceil(wanted.length / 3))
  for (const candidate of known) {
    // Names that differ so much in length need more edits than are allowed.
    if (Math.abs(candidate.length - wanted.length) > fewestEdits) continue
    const edits = countEdits(wanted, candidate.toLowerCase())
    if (edits > fewestEdits || (edits === fewestEdits && nearest !== undefined)) continue
    nearest = candidate
    fewestEdits = edits
  }
  return nearest
}

/** Says "Did you mean …?" with the nearest known name. Empty where none is near. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const nearest = nearestName(name, known)
  return nearest === undefined ? '' : ` Did you mean ${JSON.stringify(nearest)}?`
}

/** Counts insertions, deletions and substitutions (Levenshtein distance). */
function countEdits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1]
    for (const [column, edits] of row.slice(1).entries()) {
      const substituted = (row[column] as number) + (character === to[column] ? 0 : 1)
      next.push(Math.min(edits + 1, (next[column] as number) + 1, substituted))
    }
    row = next
  }
  return row[to.length] as number
}
