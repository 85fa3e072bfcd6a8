// Only the last column holds text of any width, because terminals draw emoji in different widths.
import { styleText } from 'node:util'

const titleWidth = 38
const cellWidth = 9
const width = Math.max(80, process.stdout.columns || 140)

/**
 * @param {Parameters<typeof styleText>[0]} format
 * @param {string} text
 */
function style(format, text) {
  return process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text) : text
}

/**
 * @param {string} title
 * @param {string[]} columns
 */
export function printHeading(title, columns) {
  const cells = columns.map((column) => column.padEnd(cellWidth)).join('')
  console.log(`\n  ${style('bold', title.padEnd(titleWidth) + cells)}${style('bold', 'what the handlers got')}`)
}

/**
 * @param {string} title
 * @param {{ status: number | null, passed: boolean }[]} cells
 * @param {string} event
 */
export function printRow(title, cells, event) {
  const drawn = cells.map(({ status, passed }) => {
    const text = `${passed ? '✓' : '✗'} ${status ?? 'none'}`.padEnd(cellWidth)
    return style(passed ? 'green' : 'red', text)
  })
  const room = width - titleWidth - cells.length * cellWidth - 3
  const text = [...event].length > room ? `${[...event].slice(0, room - 1).join('')}…` : event
  console.log(`  ${title.padEnd(titleWidth)}${drawn.join('')}${style('dim', text)}`)
}

/** @param {number} failures */
export function printSummary(failures) {
  const text = failures === 0 ? '✓ Every cell is as expected.' : `✗ ${failures} cells are not as expected.`
  console.log(`\n  ${style(failures === 0 ? 'green' : 'red', text)}\n`)
}
