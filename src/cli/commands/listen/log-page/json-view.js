import { createElement } from './dom.js'

// Each token is an element, and a page with a hundred thousand of them is slow.
const maxLength = 100_000

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g

/**
 * Highlights formatted JSON. Anything else stays a plain string. Builds elements and text nodes, never HTML.
 *
 * @param {string} text
 * @returns {readonly (Node | string)[]}
 */
export function highlight(text) {
  if (text.length > maxLength || !isJson(text)) return [text]
  /** @type {(Node | string)[]} */
  const parts = []
  let end = 0
  for (const match of text.matchAll(token)) {
    const [all, string, colon = ''] = match
    if (match.index > end) parts.push(text.slice(end, match.index))
    parts.push(createElement('span', string ?? all, string ? (colon ? 'key' : 'string') : 'literal'))
    if (colon) parts.push(colon)
    end = match.index + all.length
  }
  parts.push(text.slice(end))
  return parts
}

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
