// The log page lists deliveries as they arrive. It can filter, search and open them.
// Payloads are untrusted, so everything is set as text, never as HTML.

const byId = (id) => document.getElementById(id)
const list = byId('rows')
/** The rows on the page by id, each with its element. */
const rowsById = new Map()
/** The rows that arrived since the last frame. */
let pending = []
/** The ids that match the search, or undefined without a search. */
let matches
let droppedCount = 0

const connectionHint = 'Is the command still running? If it was restarted, open the URL that it printed.'

function connect() {
  const source = new EventSource(`/_log/events${getQuery()}`)
  source.addEventListener('rows', ({ data }) => {
    const openIds = [...rowsById].filter(([, { element }]) => element.querySelector('details').open).map(([id]) => id)
    for (const id of [...rowsById.keys()]) dropRow(id)
    droppedCount = 0
    pending = JSON.parse(data)
    draw()
    for (const id of openIds) expand(rowsById.get(id)?.element)
  })
  source.addEventListener('row', ({ data }) => {
    pending.push(JSON.parse(data))
    scheduleDraw()
  })
  source.addEventListener('dropped', ({ data }) => {
    const { count, ids } = JSON.parse(data)
    droppedCount = count
    for (const id of ids) dropRow(id)
    scheduleDraw()
  })
  source.addEventListener('error', () => announce(`Not connected. ${connectionHint}`))
  return source
}

function getQuery() {
  return byId('show-contacts').checked ? '?show-contacts' : ''
}

// Not delayed until the next frame: a hidden page has no frames, and would keep all rows.
function dropRow(id) {
  const old = rowsById.get(id)
  if (!old) {
    pending = pending.filter((row) => row.id !== id)
    return
  }
  old.element.remove()
  rowsById.delete(id)
  countEvent(old.row.event, -1)
}

let isDrawScheduled = false
function scheduleDraw() {
  if (!isDrawScheduled) requestAnimationFrame(draw)
  isDrawScheduled = true
}

/** Adds the pending rows to the page, once per frame. */
function draw() {
  isDrawScheduled = false
  const fragment = document.createDocumentFragment()
  for (const row of pending) {
    const element = createRow(row)
    rowsById.set(row.id, { row, element })
    fragment.prepend(element)
    countEvent(row.event, 1)
  }
  pending = []
  list.prepend(fragment)
  listEvents()
  if (byId('search').value) scheduleSearch()
  applyFilters()
}

function createRow(row) {
  const element = byId('row').content.firstElementChild.cloneNode(true)
  const set = (name, text) => {
    element.querySelector(name).textContent = text
  }
  const { verified, message, hint, docs } = row.diagnosis
  const hasProblem = !verified || hint !== ''
  element.dataset.id = row.id
  element.classList.toggle('unverified', !verified)
  set('.event', row.event || '(no name)')
  set('.status', `${row.status} ${row.responseStatus}`)
  element.querySelector('.status').classList.add(row.status === 'SUCCESS' ? 'good' : 'bad')
  set('.signature', verified ? '✓ verified' : '✗ unverified')
  element.querySelector('.signature').classList.add(verified ? 'good' : 'bad')
  set('.contact', [row.contact, row.text].filter(Boolean).join(': '))
  set('time', new Date(row.createdAt).toTimeString().slice(0, 8))
  element.querySelector('time').dateTime = row.createdAt
  element.querySelector('time').title = row.createdAt
  set('.id', row.id)
  set('.diagnosis', hasProblem ? [message, hint, docs && `More: ${docs}`].filter(Boolean).join(' ') : '')
  set('.forwarded', describeForwarding(row))
  element.querySelector('details').addEventListener('toggle', ({ target }) => target.open && loadPayload(element))
  element.querySelector('.resend').addEventListener('click', () => resend(element))
  return element
}

function expand(element) {
  if (element) element.querySelector('details').open = true
}

function describeForwarding({ forwarded, resentFrom, acceptedUnverified }) {
  const sentences = []
  if (resentFrom) sentences.push(`Sent again from this page. Original: ${resentFrom}.`)
  if (forwarded?.status === null) sentences.push(`Could not forward: ${forwarded.reason}.`)
  else if (forwarded) sentences.push(`Forwarded. Response: ${forwarded.status} after ${forwarded.ms} ms.`)
  if (acceptedUnverified) sentences.push('Your server accepted it. Check its verification.')
  return sentences.join(' ')
}

/** Fetches a URL. Returns undefined if there is no connection. */
function tryFetch(path, options) {
  return fetch(path, options).catch(() => undefined)
}

/** Returns why a request failed. */
async function explainFailure(response) {
  return response ? await response.text() : `Not connected. ${connectionHint}`
}

/** Loads the payload of a row that was opened. */
async function loadPayload(element) {
  const payload = element.querySelector('.payload')
  const response = await tryFetch(`/_log/deliveries/${element.dataset.id}${getQuery()}`)
  if (!response?.ok) {
    payload.textContent = await explainFailure(response)
    return
  }
  const { method, headers, payload: text } = await response.json()
  payload.textContent = text
  const terms = [['method', method], ...headers].flatMap(([name, value]) => [
    createElement('dt', name),
    createElement('dd', value),
  ])
  element.querySelector('.headers').replaceChildren(...terms)
}

function createElement(tag, text) {
  const element = document.createElement(tag)
  element.textContent = text
  return element
}

async function resend(element) {
  const status = element.querySelector('.resend-status')
  status.textContent = 'Sending…'
  const response = await tryFetch(`/_log/deliveries/${element.dataset.id}`, { method: 'POST' })
  status.textContent = response?.ok
    ? `Sent again. Response: ${(await response.json()).status}.`
    : await explainFailure(response)
}

/** The number of rows of each event. */
const events = new Map()

function countEvent(name, change) {
  const count = (events.get(name) ?? 0) + change
  if (count > 0) events.set(name, count)
  else events.delete(name)
}

/** Lists the events of the current rows only, because an attacker can invent names. Keeps the selected one. */
function listEvents() {
  const select = byId('event')
  const [all, ...options] = select.options
  const listed = new Map(options.map((option) => [option.value, option]))
  for (const [name, option] of listed) if (!events.has(name) && !option.selected) listed.delete(name)
  for (const name of events.keys()) if (name !== '' && !listed.has(name)) listed.set(name, new Option(name, name))
  const hasChanged = listed.size !== options.length || options.some(({ value }) => !listed.has(value))
  if (!hasChanged) return
  const { value } = select
  select.replaceChildren(all, ...[...listed.keys()].sort().map((name) => listed.get(name)))
  select.value = value
}

/** Hides the rows that do not match the filters. */
function applyFilters() {
  const event = byId('event').value
  const status = byId('status').value
  let visibleCount = 0
  for (const [id, { row, element }] of rowsById) {
    const isVisible =
      (event === '' || row.event === event) &&
      (status === '' || (status === 'unverified' ? !row.diagnosis.verified : row.status === status)) &&
      (matches === undefined || matches.has(id))
    if (element.hidden === isVisible) element.hidden = !isVisible
    if (isVisible) visibleCount++
  }
  byId('empty').hidden = rowsById.size > 0
  const count = visibleCount === rowsById.size ? `${visibleCount}` : `${visibleCount} of ${rowsById.size}`
  const noun = rowsById.size === 1 ? 'delivery' : 'deliveries'
  const dropped = `${droppedCount} older ${droppedCount === 1 ? 'was' : 'were'} dropped`
  announce(`${count} ${noun}${droppedCount > 0 ? `; ${dropped}` : ''}`)
}

let announcement = ''
let isAnnouncementScheduled = false
/** Shows a status at most three times a second, because screen readers announce each change. */
function announce(text) {
  announcement = text
  if (!isAnnouncementScheduled) setTimeout(showAnnouncement, 300)
  isAnnouncementScheduled = true
}

function showAnnouncement() {
  isAnnouncementScheduled = false
  if (byId('count').textContent !== announcement) byId('count').textContent = announcement
}

let searchTimer
function scheduleSearch() {
  clearTimeout(searchTimer)
  searchTimer = setTimeout(search, 150)
}

async function search() {
  const query = byId('search').value
  const response = query && (await tryFetch(`/_log/search?q=${encodeURIComponent(query)}`))
  const ids = response?.ok ? await response.json() : []
  // The query may have changed meanwhile.
  if (query !== byId('search').value) return
  matches = query ? new Set(ids) : undefined
  applyFilters()
}

byId('url').textContent = location.origin
byId('search').addEventListener('input', scheduleSearch)
byId('event').addEventListener('change', () => {
  listEvents()
  applyFilters()
})
byId('status').addEventListener('change', applyFilters)
byId('filters').addEventListener('submit', (event) => event.preventDefault())

let source = connect()
byId('show-contacts').addEventListener('change', () => {
  source.close()
  source = connect()
})
