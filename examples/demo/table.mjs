// The table. Only the last column holds text of any width, since nobody knows how wide a terminal draws an emoji.
import { styleText } from 'node:util'

const titleWidth = 36
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
  console.log(`\n  ${style('bold', title.padEnd(titleWidth) + cells)}${style('bold', 'what the handlers saw')}`)
}

/**
 * @param {string} title
 * @param {{ answer: number | null, right: boolean }[]} cells
 * @param {string} seen
 */
export function printRow(title, cells, seen) {
  const drawn = cells.map(({ answer, right }) => {
    const text = `${right ? '✓' : '✗'} ${answer ?? 'none'}`.padEnd(cellWidth)
    return style(right ? 'green' : 'red', text)
  })
  const room = width - titleWidth - cells.length * cellWidth - 3
  const text = [...seen].length > room ? `${[...seen].slice(0, room - 1).join('')}…` : seen
  console.log(`  ${title.padEnd(titleWidth)}${drawn.join('')}${style('dim', text)}`)
}

/** @param {number} wrong */
export function printSummary(wrong) {
  const text = wrong === 0 ? '✓ Every cell is as it must be.' : `✗ ${wrong} cells are not as they must be.`
  console.log(`\n  ${style(wrong === 0 ? 'green' : 'red', text)}\n`)
}
