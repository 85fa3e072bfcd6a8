// The list of deliveries, the latest first, and which one is selected.
import { byId, find } from './dom.js'

/** @typedef {import('../page-server/protocol.js').LogRow} LogRow */
/** @typedef {{ readonly row: LogRow, readonly element: HTMLElement }} ListedRow */

const list = byId('rows')
const template = find('row', HTMLTemplateElement)

/**
 * The rows on the page by id, the oldest first.
 *
 * @type {Map<string, ListedRow>}
 */
export const listed = new Map()

/** @type {string | undefined} */
let selectedId

export const selection = () => (selectedId === undefined ? undefined : listed.get(selectedId))

/** @param {readonly LogRow[]} rows */
export function addRows(rows) {
  const fragment = document.createDocumentFragment()
  for (const row of rows) {
    const element = createRow(row)
    listed.set(row.id, { row, element })
    fragment.prepend(element)
  }
  list.prepend(fragment)
  if (selectedId !== undefined) mark(selectedId, true)
}

/** @param {string} id */
export function removeRow(id) {
  listed.get(id)?.element.remove()
  listed.delete(id)
}

export function removeAllRows() {
  listed.clear()
  list.replaceChildren()
}

/** @param {string | undefined} id */
export function selectRow(id) {
  if (selectedId !== undefined) mark(selectedId, false)
  selectedId = id
  if (id === undefined) list.removeAttribute('aria-activedescendant')
  else mark(id, true)
}

/**
 * Returns the visible row that is a number of steps below the selected one, or the nearest end of the list.
 *
 * @param {number} steps
 */
export function findRow(steps) {
  const visible = [...list.children].filter((element) => !(/** @type {HTMLElement} */ (element).hidden))
  const current = visible.indexOf(/** @type {Element} */ (selection()?.element))
  const index = current === -1 ? 0 : Math.max(0, Math.min(visible.length - 1, current + steps))
  return listed.get(visible[index]?.id ?? '')
}

/**
 * @param {string} id
 * @param {boolean} isSelected
 */
function mark(id, isSelected) {
  const element = listed.get(id)?.element
  if (!element) return
  element.setAttribute('aria-selected', `${isSelected}`)
  if (!isSelected) return
  list.setAttribute('aria-activedescendant', id)
}

/** @param {string} id */
export function scrollToRow(id) {
  listed.get(id)?.element.scrollIntoView({ block: 'nearest' })
}

const icons = {
  verified: '✓',
  unrecognized: '≠',
  unchecked: '?',
  rejected: '✗',
  failed: '!',
  'accepted-unverified': '⚠',
}

/** @param {LogRow} row */
function createRow(row) {
  const element = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true))
  const [status, event, time, http, note] = /** @type {HTMLElement[]} */ ([...element.children])
  element.id = row.id
  element.dataset.status = row.status
  if (status) showStatus(status, row)
  if (event) event.textContent = row.event || '(no name)'
  if (time) time.textContent = formatTime(row)
  if (http) http.textContent = `HTTP ${row.responseStatus}`
  if (note) note.textContent = describe(row)
  return element
}

/**
 * @param {HTMLElement} element
 * @param {LogRow} row
 */
export function showStatus(element, { status, label }) {
  element.textContent = `${icons[status]} ${label}`
  element.dataset.status = status
}

/** @param {LogRow} row */
export function formatTime({ createdAt }) {
  return new Date(createdAt).toTimeString().slice(0, 8)
}

/** @param {LogRow} row */
function describe({ reason, contact, text, resentFrom }) {
  const message = [contact, text].filter(Boolean).join(': ')
  return [resentFrom && 'Sent again.', reason, message].filter(Boolean).join(' ')
}
