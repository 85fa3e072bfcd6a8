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

/** Formats names as code, separated by commas. */
export function listCode(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ')
}
