// The search of the site. VitePress copies these functions into the pages as text, so each uses only its arguments.
import type { DefaultTheme } from 'vitepress'

type LocalSearch = NonNullable<DefaultTheme.LocalSearchOptions['miniSearch']>

/** Splits text into words. Names with dots, hyphens or slashes count as a whole and in parts. */
function tokenize(text: string): string[] {
  return (text.match(/[\p{L}\p{N}_]+(?:[.\-/:][\p{L}\p{N}_]+)*/gu) ?? []).flatMap((word) => {
    const parts = word.split(/[.\-/:]/)
    return parts.length > 1 ? [word, ...parts] : [word]
  })
}

/** Guides and concepts come before generated pages, and those before API symbols, except the function of that name. */
function boostDocument(id: string, term: string): number {
  if (id.toLowerCase().includes(`/functions/${term}.html`)) return 3
  if (/\/reference\/api\//.test(id)) return 0.1
  if (/\/(troubleshooting|concepts|get-started)/.test(id)) return 1.5
  if (/\/reference\//.test(id)) return 0.8
  return 1
}

const miniSearch: LocalSearch = {
  options: { tokenize },
  searchOptions: {
    tokenize,
    boostDocument,
    // Words with digits are codes and versions: 401 is not 404.
    fuzzy: (term: string) => (term.length > 4 && !/\d/.test(term) ? 0.2 : false),
    prefix: (term: string) => term.length > 1,
    boost: { title: 6, titles: 2, text: 1 },
  },
}

export const searchOptions: DefaultTheme.LocalSearchOptions = {
  miniSearch,
  // Sample payloads would match every word.
  _render(source, env, md) {
    const html = md.render(source.replace(/^( *)```json\n.*?^ *```$/gms, ''), env)
    return env.frontmatter?.search === false ? '' : html
  },
}
