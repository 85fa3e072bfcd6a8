// The details of the selected delivery.
import { button, byId, copy, createElement, createTerms, input, request } from './dom.js'
import { highlight } from './json-view.js'
import { formatTime, showStatus } from './rows.js'

/** @typedef {import('../page-server/protocol.js').EntryDetails} EntryDetails */
/** @typedef {import('../page-server/protocol.js').LogRow} LogRow */
/** @typedef {import('../page-server/protocol.js').PageState} PageState */

/** @type {LogRow | undefined} */
let current
/** @type {AbortController | undefined} */
let loading
/** @type {PageState | undefined} */
let state

/** @param {PageState} newState */
export function setState(newState) {
  state = newState
  // Not disabled, so that it can be reached and says what to do.
  button('resend').setAttribute('aria-disabled', `${state.forwardTo === null}`)
}

export function hideDetails() {
  loading?.abort()
  current = undefined
  byId('details').hidden = true
}

/**
 * Shows what the row contains, then loads the rest.
 *
 * @param {LogRow} row
 */
export async function showDetails(row) {
  loading?.abort()
  loading = new AbortController()
  const { signal } = loading
  const isSame = current?.id === row.id
  current = row
  showHead(row, isSame)
  const query = input('show-contacts').checked ? '?show-contacts' : ''
  const response = await request(`/_log/deliveries/${row.id}${query}`, { signal })
  const details = typeof response === 'string' ? response : await response.json().catch(() => 'Not connected.')
  // Another row may be selected meanwhile.
  if (signal.aborted) return
  if (typeof details === 'string') byId('payload').replaceChildren(details)
  else showParts(row, details)
}

/**
 * @param {LogRow} row
 * @param {boolean} isSame
 */
function showHead(row, isSame) {
  byId('details').hidden = false
  byId('details').dataset.status = row.status
  byId('title').textContent = row.event || '(no name)'
  showStatus(byId('details-status'), row)
  byId('details-http').textContent = `HTTP ${row.responseStatus}`
  byId('details-time').textContent = formatTime(row)
  byId('details-time').title = row.createdAt
  byId('details-size').textContent = `${row.bodyBytes} bytes${row.resentFrom ? ', sent again from this page' : ''}`
  const { message, hint } = row.diagnosis
  const sentences = row.status === 'verified' ? [row.reason] : [row.reason || message, hint]
  byId('details-reason').textContent = sentences.filter(Boolean).join(' ')
  if (isSame) return
  byId('tool-status').textContent = ''
  byId('payload').textContent = 'Loading…'
}

/**
 * @param {LogRow} row
 * @param {EntryDetails} details
 */
function showParts(row, details) {
  const { method, headers, payload, raw } = details
  byId('payload').replaceChildren(...highlight(payload))
  byId('raw').textContent = raw ?? ''
  byId('raw').hidden = raw === null
  byId('raw-hidden').hidden = raw !== null
  byId('headers').replaceChildren(...createTerms([['method', method], ...headers]))
  byId('diagnosis').replaceChildren(...createTerms(listDiagnosis(row, details)))
  showResponse(row, details)
}

/**
 * @param {LogRow} row
 * @param {EntryDetails} details
 * @returns {[string, string | Node][]}
 */
function listDiagnosis({ label, reason, diagnosis }, { issues }) {
  const { verified, code, message, hint, docs } = diagnosis
  /** @type {[string, string | Node][]} */
  const terms = [
    ['Status', label],
    ['Reason', reason || message],
    ['Fix', hint],
    ['Shape', issues.join('\n')],
    ['Code', createElement('code', code)],
    ['More', docs],
    ['Explain', verified ? '' : createElement('code', `npx gallabox-webhooks explain ${code}`)],
  ]
  return terms.filter(([, text]) => text !== '')
}

/**
 * @param {LogRow} row
 * @param {EntryDetails} details
 */
function showResponse({ responseStatus }, { response }) {
  byId('response-headers').replaceChildren(...createTerms(response?.headers ?? []))
  byId('response-body').replaceChildren(...highlight(response?.body ?? ''))
  byId('response-body').hidden = !response?.body
  byId('response-summary').textContent = describeResponse(responseStatus, response)
}

/**
 * @param {number} responseStatus
 * @param {EntryDetails['response']} response
 */
function describeResponse(responseStatus, response) {
  if (!response) {
    return `Not forwarded: listen itself responded ${responseStatus}. To see the response of your server, start listen with --forward-to and its URL.`
  }
  const { status, ms, reason } = response
  return status === null
    ? `No response from ${state?.forwardTo}: ${reason}.`
    : `${state?.forwardTo} responded ${status} after ${ms} ms.`
}

/** Sends the delivery to the forward target again. */
async function resend() {
  if (!current || !state) return
  if (state.forwardTo === null) return report('There is no server to send it to. Start listen with --forward-to <url>.')
  report('Sending…')
  const headers = { 'x-log-token': state.token }
  const response = await request(`/_log/deliveries/${current.id}`, { method: 'POST', headers })
  report(typeof response === 'string' ? response : `Sent again. Response: ${(await response.json()).status}.`)
}

async function copyAsCurl() {
  if (!current) return
  const response = await request(`/_log/deliveries/${current.id}/curl`)
  if (typeof response === 'string') return report(response)
  const copied = await copy(await response.text())
  report(copied === 'Copied.' ? 'Copied, with payload and signature: keep it private.' : copied)
}

/** @param {string} text */
function report(text) {
  byId('tool-status').textContent = text
}

/** Makes the buttons work. */
export function startDetails() {
  button('resend').addEventListener('click', resend)
  button('curl').addEventListener('click', copyAsCurl)
  for (const part of ['payload', 'raw', 'response-body']) {
    button(`copy-${part}`).addEventListener('click', async () => report(await copy(byId(part).textContent ?? '')))
  }
  button('show-raw').addEventListener('click', () => input('show-contacts').click())
}
