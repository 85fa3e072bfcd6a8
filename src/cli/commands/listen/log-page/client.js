// The log page: connects the stream, the list, the filters and the details.
import { hideDetails, setState, showDetails, startDetails } from './details.js'
import { button, byId, connectionHint, find, input, request } from './dom.js'
import { applyFilters, isSearching, listEvents, resetFilters, scheduleSearch, startFilters } from './filters.js'
import { showGuide } from './guide.js'
import { startKeyboard } from './keyboard.js'
import { addRows, findRow, listed, removeAllRows, removeRow, scrollToRow, selection, selectRow } from './rows.js'
import { createStream } from './stream.js'
import { startTabs } from './tabs.js'

/** @typedef {import('../page-server/protocol.js').LogRow} LogRow */

const main = byId('main')
const list = byId('rows')
const pause = button('pause')
let droppedCount = 0
let token = ''

const stream = createStream({
  onState(state) {
    token = state.token
    setState(state)
    showGuide(state)
  },
  onReset() {
    droppedCount = 0
    removeAllRows()
  },
  onRows(rows) {
    addRows(rows)
    listEvents()
    if (isSearching()) scheduleSearch(refresh)
    refresh()
    const selected = selection()
    // The selected row changes when personal data is shown or hidden.
    if (selected && rows.includes(selected.row)) showDetails(selected.row)
    else if (listed.size === 0) close()
  },
  onDropped(ids, count) {
    droppedCount = count
    for (const id of ids) removeRow(id)
  },
  onPending(count) {
    pause.textContent = count > 0 ? `Resume (${count} new)` : 'Resume'
  },
  onError: () => announce(`Not connected. ${connectionHint}`),
})

/** Updates everything that depends on which rows there are, and which of them are visible. */
function refresh() {
  const visibleCount = applyFilters()
  const alarms = [...listed.values()].filter(({ row }) => row.status === 'accepted-unverified').length
  main.classList.toggle('empty', listed.size === 0)
  byId('no-match').hidden = listed.size === 0 || visibleCount > 0
  byId('alarm').hidden = alarms === 0
  const alarmText = `Your server accepted ${alarms === 1 ? 'an unverified delivery' : `${alarms} unverified deliveries`}. Anyone who has its URL can send events.`
  if (byId('alarm-text').textContent !== alarmText) byId('alarm-text').textContent = alarmText
  document.title = `${alarms > 0 ? '⚠ ' : ''}(${listed.size}) Deliveries – gallabox-webhooks`
  const count = visibleCount === listed.size ? `${visibleCount}` : `${visibleCount} of ${listed.size}`
  const noun = listed.size === 1 ? 'delivery' : 'deliveries'
  const dropped = `${droppedCount} older ${droppedCount === 1 ? 'was' : 'were'} dropped`
  announce(`${count} ${noun}${droppedCount > 0 ? `; ${dropped}` : ''}`)
}

let announcement = ''
let isAnnouncementScheduled = false
/**
 * Shows a status at most three times a second, because screen readers announce each change.
 *
 * @param {string} text
 */
function announce(text) {
  announcement = text
  if (!isAnnouncementScheduled) setTimeout(showAnnouncement, 300)
  isAnnouncementScheduled = true
}

function showAnnouncement() {
  isAnnouncementScheduled = false
  if (byId('count').textContent !== announcement) byId('count').textContent = announcement
}

/** @param {LogRow | undefined} row */
function open(row) {
  if (!row) return
  selectRow(row.id)
  main.classList.add('split')
  showDetails(row)
  scrollToRow(row.id)
}

function close() {
  if (byId('details').contains(document.activeElement)) list.focus()
  selectRow(undefined)
  main.classList.remove('split')
  hideDetails()
}

async function clear() {
  if (!window.confirm(`Remove all ${listed.size} deliveries from the log?`)) return
  const response = await request('/_log/clear', { method: 'POST', headers: { 'x-log-token': token } })
  if (typeof response === 'string') announce(response)
}

list.addEventListener('click', ({ target }) => {
  const element = target instanceof Element ? target.closest('[role="option"]') : null
  if (!element) return
  open(listed.get(element.id)?.row)
  // On a narrow screen, the details cover the list.
  if (getComputedStyle(byId('details')).position === 'fixed') byId('title').focus()
})
button('close').addEventListener('click', () => {
  close()
  list.focus()
})
button('clear').addEventListener('click', clear)
pause.addEventListener('click', () => {
  const isPaused = pause.getAttribute('aria-pressed') !== 'true'
  pause.setAttribute('aria-pressed', `${isPaused}`)
  if (!isPaused) pause.textContent = 'Pause'
  stream.setPaused(isPaused)
})
button('help').addEventListener('click', () => find('shortcuts', HTMLDialogElement).showModal())
button('close-shortcuts').addEventListener('click', () => find('shortcuts', HTMLDialogElement).close())
button('show-alarms').addEventListener('click', () => {
  resetFilters('accepted-unverified', refresh)
  open(findRow(-Infinity)?.row)
})
button('reset').addEventListener('click', () => resetFilters('', refresh))
input('show-contacts').addEventListener('change', () => stream.connect(input('show-contacts').checked))

startTabs()
startDetails()
startFilters(refresh)
startKeyboard({
  move: (steps) => open(findRow(steps)?.row),
  open() {
    if (!selection()) open(findRow(0)?.row)
    if (selection()) byId('title').focus()
  },
  close,
})
stream.connect(false)
