/** What a code means and what to change. */
export interface CodeDescription {
  /** What to add to the kind in the title, such as the HTTP status of an outcome. */
  readonly status?: number
  readonly cause: string
  /** What to change. Empty if nothing has to change. */
  readonly fix: string
  /** Where to read more. */
  readonly docs?: string
}

/** All codes of one kind. A code may be in several sources. */
export interface CodeSource {
  /** The kind in the singular, such as `outcome`. */
  readonly kind: string
  /** The kind in the plural. */
  readonly plural: string
  readonly codes: readonly string[]
  /** Describes one of `codes`. */
  describe(code: string): CodeDescription
}

/** Creates a source from an object with one entry per code. */
export function createCodeSource<Code extends string>(
  kind: string,
  plural: string,
  entries: Readonly<Record<Code, unknown>>,
  describe: (code: Code) => CodeDescription,
): CodeSource {
  return { kind, plural, codes: Object.keys(entries), describe: (code) => describe(code as Code) }
}
