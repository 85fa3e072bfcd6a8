// Which rows are visible: by event, by status, and by a search that the server does.
import { input, request, select } from './dom.js'
import { listed } from './rows.js'

const [search, event, status] = [input('search'), select('event'), select('status')]

/**
 * The ids that match the search, or undefined without a search.
 *
 * @type {ReadonlySet<string> | undefined}
 */
let matches

/** Hides the rows that do not match the filters. Returns the number of visible ones. */
export function applyFilters() {
  let visibleCount = 0
  for (const [id, { row, element }] of listed) {
    const isVisible =
      (event.value === '' || row.event === event.value) &&
      (status.value === '' || row.status === status.value) &&
      (matches === undefined || matches.has(id))
    if (element.hidden === isVisible) element.hidden = !isVisible
    if (isVisible) visibleCount++
  }
  return visibleCount
}

/** Lists the events of the current rows only, because an attacker can invent names. Keeps the selected one. */
export function listEvents() {
  const names = new Set([...listed.values()].map(({ row }) => row.event).filter(Boolean))
  if (event.value) names.add(event.value)
  const [all, ...options] = event.options
  if (names.size === options.length && options.every(({ value }) => names.has(value))) return
  const { value } = event
  event.replaceChildren(/** @type {Node} */ (all), ...[...names].sort().map((name) => new Option(name, name)))
  event.value = value
}

/** @param {() => void} onChange */
async function runSearch(onChange) {
  const query = search.value
  const response = query ? await request(`/_log/search?q=${encodeURIComponent(query)}`) : ''
  const ids = typeof response === 'string' ? [] : await response.json()
  // The query may have changed meanwhile.
  if (query !== search.value) return
  matches = query ? new Set(ids) : undefined
  onChange()
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer

/** @param {() => void} onChange */
export function scheduleSearch(onChange) {
  clearTimeout(timer)
  timer = setTimeout(() => runSearch(onChange), 150)
}

export const isSearching = () => search.value !== ''

/**
 * Shows the rows of one status, or all rows.
 *
 * @param {string} wantedStatus
 * @param {() => void} onChange
 */
export function resetFilters(wantedStatus, onChange) {
  search.value = ''
  event.value = ''
  status.value = wantedStatus
  matches = undefined
  listEvents()
  onChange()
}

/** @param {() => void} onChange */
export function startFilters(onChange) {
  search.addEventListener('input', () => scheduleSearch(onChange))
  event.addEventListener('change', () => {
    listEvents()
    onChange()
  })
  status.addEventListener('change', onChange)
  search.form?.addEventListener('submit', (submission) => submission.preventDefault())
}
