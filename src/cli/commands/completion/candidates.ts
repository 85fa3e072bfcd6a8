import { eventTypes } from '../../../events/names.js'
import { sampledEventTypes, sampleVariants } from '../../../testing/samples/index.js'
import { checks } from '../doctor/run-checks.js'
import { listCodes } from '../explain/sources.js'

/** What completion offers for a value: words, the names of files, or nothing. */
export type Candidates = readonly string[] | 'files'

const lists: Readonly<Record<string, () => readonly string[]>> = {
  event: () => eventTypes,
  variant: () => [...new Set(sampledEventTypes.flatMap((type) => sampleVariants(type)))],
  code: listCodes,
  check: () => checks.map(({ id }) => id),
}

/**
 * Finds what a placeholder of `--help` stands for: `<event>`, `[event…]`, `<code>`, `<file>`, or the alternatives of
 * `bash|zsh|fish`. There are no candidates for other placeholders, such as `<url>`.
 */
export function findCandidates(placeholder: string, commandNames: readonly string[]): Candidates {
  const name = placeholder.replace(/[<>[\]…]/g, '')
  if (name === 'file') return 'files'
  if (name === 'command') return commandNames
  if (name.includes('|')) return name.split('|')
  return lists[name]?.() ?? []
}
