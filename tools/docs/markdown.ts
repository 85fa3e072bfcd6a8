// Markdown that the generated pages have in common.

/** Creates a table. Cells are Markdown. */
export function createTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [headings, headings.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.map(escapeCell).join(' | ')} |`).join('\n')
}

function escapeCell(cell: string): string {
  return cell.replaceAll('|', '\\|')
}

/** Creates a block of code. */
export function createFence(language: string, code: string): string {
  return `\`\`\`${language}\n${code}\n\`\`\``
}

/** Returns the anchor of a heading, as GitHub creates it. The site uses it too, so that links work on both. */
export function toAnchor(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[^\p{L}\p{N}\- _]/gu, '')
    .replaceAll(' ', '-')
}

/** Removes the blocks of code. */
export function withoutFences(markdown: string): string {
  return markdown.replace(/^( *)```.*?^ *```$/gms, '')
}

/** Lists the targets of inline links, definitions and HTML. Links inside code do not count. */
export function listLinks(markdown: string): readonly string[] {
  const prose = withoutFences(markdown).replace(/`[^`\n]*`/g, '')
  const links = prose.matchAll(/\]\(([^)\s]+)|^ *\[[^\]]+\]: *(\S+)|(?:href|src)="([^"]+)"/gm)
  return [...links].map(([, inline, definition, html]) => inline ?? definition ?? (html as string))
}

/** Formats names as code, separated by commas. */
export function listCode(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}

const code =
  /"listen --record"|(?<![\w`-])--[a-z][a-z-]+|<url>|https?:\/\/[\w.:]*\w|GALLABOX_\w+|x-(?:gallabox-signature|event-name)|(?:package\.|\.env)(?:\.?\w+)*|path:=json|[\w.]+=9\d+|"-"|__proto__|\[object Object\]|sha256=|\/devapi\/webhooks|(?:digest|express\.\w+)\([^)]*\)/g

/** Marks what is code in the plain text of a terminal. */
export function markCode(text: string): string {
  return text.replace(code, (found) => `\`${found.replace(/^"|"$/g, '')}\``)
}
