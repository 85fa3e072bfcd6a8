// The log page: rows as they come, filtered, searched and opened.
// It must never make HTML of what it is sent: everything is set as text.

const byId = (id) => document.getElementById(id)
const rows = byId('rows')
/** Rows by their id: what was sent, and the element. */
const shown = new Map()
/** What came since the last frame. */
let waiting = []
/** The ids that a search has found, or undefined where there is none. */
let found
let dropped = 0

const whatToDo = 'Is the command still running? If it was started anew, open the address that it has printed.'

function connect() {
  const source = new EventSource(`/_log/events${unmasked()}`)
  source.addEventListener('all', ({ data }) => {
    const opened = [...shown].filter(([, { element }]) => element.querySelector('details').open).map(([id]) => id)
    for (const id of [...shown.keys()]) drop(id)
    dropped = 0
    waiting = JSON.parse(data)
    draw()
    for (const id of opened) unfold(shown.get(id)?.element)
  })
  source.addEventListener('one', ({ data }) => {
    waiting.push(JSON.parse(data))
    drawSoon()
  })
  source.addEventListener('dropped', ({ data }) => {
    const { count, ids } = JSON.parse(data)
    dropped = count
    for (const id of ids) drop(id)
    drawSoon()
  })
  source.addEventListener('error', () => tell(`Not connected. ${whatToDo}`))
  return source
}

function unmasked() {
  return byId('unmask').checked ? '?unmasked' : ''
}

// What the log has dropped goes at once: a page that nobody looks at has no frames, and would keep everything.
function drop(id) {
  const old = shown.get(id)
  if (!old) {
    waiting = waiting.filter((row) => row.id !== id)
    return
  }
  old.element.remove()
  shown.delete(id)
  countEvent(old.row.event, -1)
}

let drawing = false
function drawSoon() {
  if (!drawing) requestAnimationFrame(draw)
  drawing = true
}

/** Puts what came into the page, once a frame. */
function draw() {
  drawing = false
  const fresh = document.createDocumentFragment()
  for (const row of waiting) {
    const element = createRow(row)
    shown.set(row.id, { row, element })
    fresh.prepend(element)
    countEvent(row.event, 1)
  }
  waiting = []
  rows.prepend(fresh)
  listEvents()
  if (byId('search').value) searchSoon()
  filter()
}

function createRow(row) {
  const element = byId('row').content.firstElementChild.cloneNode(true)
  const set = (name, text) => {
    element.querySelector(name).textContent = text
  }
  const { genuine, code, message, fix, docs } = row.verdict
  element.dataset.id = row.id
  element.classList.toggle('refused', !genuine)
  set('.event', row.event || '(no name)')
  set('.status', `${row.status} ${row.answered}`)
  element.querySelector('.status').classList.add(row.status === 'SUCCESS' ? 'good' : 'bad')
  set('.verdict', genuine ? '✓ genuine' : '✗ not genuine')
  element.querySelector('.verdict').classList.add(genuine ? 'good' : 'bad')
  set('.who', [row.who, row.text].filter(Boolean).join(': '))
  set('time', new Date(row.createdAt).toTimeString().slice(0, 8))
  element.querySelector('time').dateTime = row.createdAt
  element.querySelector('time').title = row.createdAt
  set('.id', row.id)
  set('.reason', code === 'genuine' ? '' : [message, fix, docs && `More: ${docs}`].filter(Boolean).join(' '))
  set('.forwarded', describeForwarding(row))
  element.querySelector('details').addEventListener('toggle', ({ target }) => target.open && open(element))
  element.querySelector('.resend').addEventListener('click', () => resend(element))
  return element
}

function unfold(element) {
  if (element) element.querySelector('details').open = true
}

function describeForwarding({ forwarded, copyOf, deceived }) {
  const passed =
    forwarded &&
    (forwarded.status === null
      ? `Passed on in vain: ${forwarded.reason}.`
      : `Passed on: answered with ${forwarded.status} after ${forwarded.ms} ms.`)
  const taken = deceived && 'Your server took it all the same: it does not verify as it should.'
  return [copyOf && `Sent again from this page: a copy of ${copyOf}.`, passed, taken].filter(Boolean).join(' ')
}

/** Fetches, or gives nothing where nobody answers. */
function ask(path, options) {
  return fetch(path, options).catch(() => undefined)
}

/** Fetches the payload of a row that was unfolded. */
async function open(element) {
  const payload = element.querySelector('.payload')
  const response = await ask(`/_log/deliveries/${element.dataset.id}${unmasked()}`)
  if (!response?.ok) {
    payload.textContent = response ? await response.text() : `No answer. ${whatToDo}`
    return
  }
  const { method, headers, payload: text } = await response.json()
  payload.textContent = text
  const list = element.querySelector('.headers')
  list.replaceChildren(
    ...[['method', method], ...headers].flatMap(([name, value]) => [term('dt', name), term('dd', value)]),
  )
}

function term(tag, text) {
  const element = document.createElement(tag)
  element.textContent = text
  return element
}

async function resend(element) {
  const told = element.querySelector('.told')
  told.textContent = 'Sending…'
  const response = await ask(`/_log/deliveries/${element.dataset.id}`, { method: 'POST' })
  if (response?.ok) told.textContent = `Sent again: answered with ${(await response.json()).status}.`
  else told.textContent = response ? await response.text() : `No answer. ${whatToDo}`
}

/** How many rows are of each event. */
const events = new Map()

function countEvent(name, change) {
  const count = (events.get(name) ?? 0) + change
  if (count > 0) events.set(name, count)
  else events.delete(name)
}

/** Lists the events of the rows, and no others: strangers make up names. What is chosen stays until something else is. */
function listEvents() {
  const select = byId('event')
  const [all, ...options] = select.options
  const listed = new Map(options.map((option) => [option.value, option]))
  for (const [name, option] of listed) if (!events.has(name) && !option.selected) listed.delete(name)
  for (const name of events.keys()) if (name !== '' && !listed.has(name)) listed.set(name, new Option(name, name))
  const changed = listed.size !== options.length || options.some(({ value }) => !listed.has(value))
  if (!changed) return
  const { value } = select
  select.replaceChildren(all, ...[...listed.keys()].sort().map((name) => listed.get(name)))
  select.value = value
}

/** Hides the rows that were not asked for. */
function filter() {
  const event = byId('event').value
  const status = byId('status').value
  let visible = 0
  for (const [id, { row, element }] of shown) {
    const wanted =
      (event === '' || row.event === event) &&
      (status === '' || (status === 'refused' ? !row.verdict.genuine : row.status === status)) &&
      (found === undefined || found.has(id))
    if (element.hidden === wanted) element.hidden = !wanted
    if (wanted) visible++
  }
  byId('empty').hidden = shown.size > 0
  const all = visible === shown.size ? `${visible}` : `${visible} of ${shown.size}`
  const word = shown.size === 1 ? 'delivery' : 'deliveries'
  tell(`${all} ${word}${dropped > 0 ? `; ${dropped} older ${dropped === 1 ? 'was' : 'were'} dropped` : ''}`)
}

let said = ''
let saying = false
/** Says something, but no more than three times a second: it is read aloud. */
function tell(text) {
  said = text
  if (!saying) setTimeout(say, 300)
  saying = true
}

function say() {
  saying = false
  if (byId('count').textContent !== said) byId('count').textContent = said
}

let timer
function searchSoon() {
  clearTimeout(timer)
  timer = setTimeout(search, 150)
}

async function search() {
  const query = byId('search').value
  const response = query && (await ask(`/_log/search?q=${encodeURIComponent(query)}`))
  const answer = response?.ok ? await response.json() : []
  // Meanwhile somebody may have typed on.
  if (query !== byId('search').value) return
  found = query ? new Set(answer) : undefined
  filter()
}

byId('address').textContent = location.origin
byId('search').addEventListener('input', searchSoon)
byId('event').addEventListener('change', () => {
  listEvents()
  filter()
})
byId('status').addEventListener('change', filter)
byId('filters').addEventListener('submit', (event) => event.preventDefault())

let source = connect()
byId('unmask').addEventListener('change', () => {
  source.close()
  source = connect()
})
