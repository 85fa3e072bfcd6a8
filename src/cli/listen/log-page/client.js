// The log page: rows as they come, filtered, searched and opened.
// It must never make HTML of what it is sent: everything is set as text.

const byId = (id) => document.getElementById(id)
const rows = byId('rows')
const maxRows = 1000
/** Rows by their id: what was sent, and the element. */
let shown = new Map()
/** What came since the last frame. */
let waiting = []
/** The ids that a search has found, or undefined where there is none. */
let found
let dropped = 0

function connect() {
  const source = new EventSource(`/_log/events${unmasked()}`)
  source.addEventListener('all', ({ data }) => {
    rows.replaceChildren()
    shown = new Map()
    waiting = JSON.parse(data)
    draw()
  })
  source.addEventListener('one', ({ data }) => {
    if (waiting.length === 0) requestAnimationFrame(draw)
    waiting.push(JSON.parse(data))
  })
  source.addEventListener('error', () => tell('Not connected. Is the command still running?'))
  return source
}

function unmasked() {
  return byId('unmask').checked ? '?unmasked' : ''
}

/** Puts what came into the page, once a frame. */
function draw() {
  const fresh = document.createDocumentFragment()
  for (const row of waiting) {
    const element = createRow(row)
    shown.set(row.id, { row, element })
    fresh.prepend(element)
    addEventName(row.event)
  }
  waiting = []
  rows.prepend(fresh)
  for (const [id, { element }] of shown) {
    if (shown.size <= maxRows) break
    element.remove()
    shown.delete(id)
    dropped++
  }
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

function describeForwarding({ forwarded, copyOf }) {
  const passed =
    forwarded &&
    (forwarded.status === null
      ? `Passed on in vain: ${forwarded.reason}.`
      : `Passed on: answered with ${forwarded.status} after ${forwarded.ms} ms.`)
  return [copyOf && `Sent again from this page: a copy of ${copyOf}.`, passed].filter(Boolean).join(' ')
}

/** Fetches the payload of a row that was unfolded. */
async function open(element) {
  const response = await fetch(`/_log/deliveries/${element.dataset.id}${unmasked()}`)
  const payload = element.querySelector('.payload')
  if (!response.ok) {
    payload.textContent = await response.text()
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
  const { ok } = await fetch(`/_log/deliveries/${element.dataset.id}`, { method: 'POST' })
  told.textContent = ok ? 'Sent: see the first row.' : 'It is not in the log any more.'
}

function addEventName(name) {
  const select = byId('event')
  const names = [...select.options].map(({ value }) => value)
  if (name === '' || names.includes(name)) return
  const after = names.slice(1).findIndex((other) => other > name)
  select.add(new Option(name, name), after < 0 ? undefined : after + 1)
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
  tell(`${all} deliveries${dropped > 0 ? `; ${dropped} older ones were dropped` : ''}`)
}

function tell(text) {
  const count = byId('count')
  if (count.textContent !== text) count.textContent = text
}

let timer
function searchSoon() {
  clearTimeout(timer)
  timer = setTimeout(search, 150)
}

async function search() {
  const query = byId('search').value
  const answer = query && (await (await fetch(`/_log/search?q=${encodeURIComponent(query)}`)).json())
  // Meanwhile somebody may have typed on.
  if (query !== byId('search').value) return
  found = query ? new Set(answer) : undefined
  filter()
}

byId('address').textContent = location.origin
byId('search').addEventListener('input', searchSoon)
byId('event').addEventListener('change', filter)
byId('status').addEventListener('change', filter)
byId('filters').addEventListener('submit', (event) => event.preventDefault())

let source = connect()
byId('unmask').addEventListener('change', () => {
  source.close()
  source = connect()
})
