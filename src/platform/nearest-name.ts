/**
 * Finds the known name that a misspelled one most likely stands for: at most a third of its characters differ.
 * Letter case does not count.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase()
  let nearest: string | undefined
  let fewestEdits = Math.max(1, Math.floor(wanted.length / 3))
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

/** Counts insertions, deletions, substitutions and swaps of neighbors (optimal string alignment). */
function countEdits(from: string, to: string): number {
  let beforePrevious: number[] = []
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1]
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current[column] = Math.min(
        (previous[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (previous[column - 1] as number) + (isSame ? 0 : 1),
        isSwap ? (beforePrevious[column - 2] as number) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    beforePrevious = previous
    previous = current
  }
  return previous[to.length] as number
}
