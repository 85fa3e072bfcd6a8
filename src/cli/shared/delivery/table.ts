import { paint, type Terminal } from '../terminal.js'
import type { SendResult } from './result.js'

export interface TableColumn {
  readonly heading: string
  readonly width: number
  readonly align?: 'right'
}

export interface ResultTable {
  /** Prints a row, before the first one the headings, and the explanation of an unexpected result once. */
  readonly printRow: (result: SendResult, cells: readonly string[]) => void
}

/** Creates a table whose rows are colored by their result. Its column must be called Result. */
export function createResultTable(terminal: Terminal, columns: readonly TableColumn[]): ResultTable {
  const explained = new Set<string>()
  let hasHeadings = false

  function format(cells: readonly string[], paintCell = (text: string, _column: TableColumn) => text): string {
    const padded = columns.map((column, index) => {
      const { width, align } = column
      const text = cells[index] ?? ''
      return paintCell(align === 'right' ? text.padStart(width) : text.padEnd(width), column)
    })
    return padded.join('  ').trimEnd()
  }

  return {
    printRow(result, cells) {
      if (!hasHeadings) terminal.print(paint(terminal, 'bold', format(columns.map(({ heading }) => heading))))
      hasHeadings = true
      const style = result.isExpected ? 'green' : 'red'
      const row = format(cells, (text, { heading }) => (heading === 'Result' ? paint(terminal, style, text) : text))
      const isExplained = result.isExpected || explained.has(result.explanation)
      explained.add(result.explanation)
      terminal.print(isExplained ? row : `${row}\n  ${result.explanation}`)
    },
  }
}
