import { decodeUtf8, parseJson } from '../../../platform/bytes.js'
import { typeName } from '../../../platform/type-name.js'
import { type HttpRequest, type HttpResponse, sendRequest } from '../../shared/http-client.js'
import type { Terminal } from '../../shared/terminal.js'
import type { ApiCredentials, HideCredentials } from './credentials.js'
import { explainFailure, explainResponse } from './explain-response.js'
import { type AccountFinding, createFinding } from './findings.js'
import { type AccountWebhook, readWebhook } from './read-webhooks.js'
import { formatServer } from './server.js'

export interface WebhookList {
  readonly webhooks: readonly AccountWebhook[]
  /** Why there is no list, or why it may be incomplete. */
  readonly finding?: AccountFinding
}

interface FetchOptions {
  readonly server: URL
  readonly credentials: ApiCredentials
  readonly hide: HideCredentials
  readonly timeoutMs: number
}

// About 40 000 webhooks.
const maxResponseBytes = 16 * 1024 * 1024

/** Gets the webhooks of the account with one GET request. Follows no redirect. */
export async function fetchWebhooks(terminal: Terminal, options: FetchOptions): Promise<WebhookList> {
  const { server, credentials, hide, timeoutMs } = options
  const request: HttpRequest = {
    url: new URL(`${formatServer(server)}/devapi/webhooks`),
    method: 'GET',
    headers: [
      ['Accept', 'application/json'],
      ['Accept-Encoding', 'identity'],
      ['User-Agent', 'gallabox-webhooks'],
      ['apiKey', credentials.apiKey],
      ['apiSecret', credentials.apiSecret],
    ],
    body: new Uint8Array(),
    timeoutMs,
    maxResponseBytes,
    signal: terminal.signal,
  }
  const response = await sendRequest(request)
  if (response.status === null) return { webhooks: [], finding: explainFailure(response, request, terminal) }
  const finding = explainResponse(response, request.url, hide)
  return finding ? { webhooks: [], finding } : readList(response, hide)
}

function readList({ body }: HttpResponse, hide: HideCredentials): WebhookList {
  if (body.byteLength >= maxResponseBytes) return { webhooks: [], finding: createFinding('response-too-large') }
  const read = readJson(body)
  if (!read) return { webhooks: [], finding: createFinding('response-not-json') }
  const { value } = read
  const list = Array.isArray(value) ? { records: value as readonly unknown[] } : findList(value)
  if (!list) {
    const message = `The response is not a list of webhooks. It must be an array, but got: ${typeName(value)}.`
    return { webhooks: [], finding: createFinding('response-not-list', { message }) }
  }
  const message = describeGap(list)
  return {
    webhooks: list.records.slice(0, maxRecords).map((record, index) => readWebhook(record, index, hide)),
    ...(message && { finding: createFinding('list-incomplete', { message }) }),
  }
}

interface RecordList {
  readonly records: readonly unknown[]
  /** The member that contains the list, if it is not a bare array. */
  readonly member?: string
}

// Keeps a wrong server from filling the memory.
const maxRecords = 10_000

/** Says why webhooks may be missing in the list. */
function describeGap({ records, member }: RecordList): string | undefined {
  if (records.length > maxRecords)
    return `The list contains ${records.length} records. Only the first ${maxRecords} were read.`
  return member && `The list is in the member ${member}, not in a bare array. It may be one page of several.`
}

function readJson(body: Uint8Array): { readonly value: unknown } | undefined {
  const text = decodeUtf8(body)
  try {
    return text === undefined ? undefined : { value: parseJson(text) }
  } catch {
    return undefined
  }
}

// Gallabox publishes a bare array. These are the usual names of the list where an API adds pages.
const listMembers = ['data', 'webhooks', 'items', 'results', 'records', 'docs', 'list']

/** Finds the list in an object that contains exactly one member with such a name. */
function findList(value: unknown): RecordList | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const lists = Object.entries(value).filter(([name, member]) => listMembers.includes(name) && Array.isArray(member))
  const [[member, records] = []] = lists
  return lists.length === 1 && member !== undefined ? { member, records: records as readonly unknown[] } : undefined
}
