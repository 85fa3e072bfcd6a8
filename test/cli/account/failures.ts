// Responses without a list of webhooks.
import { gzipSync } from 'node:zlib'
import type { AccountFindingCode } from '../../../src/cli/commands/account/findings.js'
import type { ApiResponse } from './api.js'
import { env } from './credentials.js'
import { record } from './records.js'

interface FailureCase {
  readonly code: AccountFindingCode
  readonly title: string
  readonly response: ApiResponse
  /** The start of the message. */
  readonly message: string
  /** The start of the fix. Default: the fix of the code. */
  readonly fix?: string
}

const page = '<!DOCTYPE html><title>Log in</title>'
const html = { 'content-type': 'text/html; charset=utf-8' }
// A server may send back what it got.
const error = { status: 'ERROR', message: `Invalid: ${env.GALLABOX_API_KEY} ${env.GALLABOX_API_SECRET}` }
const tooMany = { status: 'TOO_MANY_REQUEST', message: 'Too many requests' }
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

export const failureCases: readonly FailureCase[] = [
  {
    code: 'credentials-rejected',
    title: '401',
    response: { status: 401, body: error },
    message: 'The server rejected the credentials (401).',
  },
  {
    code: 'permission-missing',
    title: '403',
    response: { status: 403, body: error },
    message: 'The API key may not list webhooks (403).',
  },
  {
    code: 'permission-missing',
    title: '403 with a page',
    response: { status: 403, body: page, headers: html },
    message: 'The API key may not list webhooks (403).',
    fix: 'Give the API key this permission in Gallabox, or use another one. The response is an HTML page, so a proxy or a firewall may have sent it.',
  },
  {
    code: 'path-not-found',
    title: '404',
    response: { status: 404, body: error },
    message: 'The server has no list of webhooks at its address (404).',
  },
  {
    code: 'rate-limited',
    title: '429 with the time of the reset',
    response: {
      status: 429,
      body: tooMany,
      headers: { 'X-RateLimit-Limit': 60, 'X-RateLimit-Remaining': 0, 'X-RateLimit-Reset': inSeconds(3500) },
    },
    message: 'The server received too many requests (429).',
    fix: 'Try again in 59 min.',
  },
  {
    code: 'rate-limited',
    title: '429 with a reset in the past',
    response: { status: 429, body: tooMany, headers: { 'X-RateLimit-Reset': inSeconds(-5) } },
    message: 'The server received too many requests (429).',
    fix: 'Try again.',
  },
  {
    code: 'rate-limited',
    title: '429 with Retry-After',
    response: { status: 429, headers: { 'X-RateLimit-Reset': 'soon', 'Retry-After': '12' } },
    message: 'The server received too many requests (429).',
    fix: 'Try again in 12 s.',
  },
  {
    code: 'rate-limited',
    title: '429 with a date in Retry-After',
    response: { status: 429, headers: { 'Retry-After': new Date(inSeconds(3500) * 1000).toUTCString() } },
    message: 'The server received too many requests (429).',
    fix: 'Try again in 59 min.',
  },
  ...[
    {},
    { 'X-RateLimit-Reset': `${inSeconds(0)}000` },
    { 'X-RateLimit-Reset': '9999999999' },
    { 'Retry-After': 'x' },
  ].map(
    (headers): FailureCase => ({
      code: 'rate-limited',
      title: `429 with ${Object.keys(headers)[0] ?? 'no header'} and no plausible time`,
      response: { status: 429, body: page, headers },
      message: 'The server received too many requests (429).',
      fix: 'Try again in a minute.',
    }),
  ),
  ...[500, 502, 503].map(
    (status): FailureCase => ({
      code: 'server-failed',
      title: `${status} with a page`,
      response: { status, body: page, headers: html },
      message: `The server failed (${status}).`,
    }),
  ),
  {
    code: 'status-unexpected',
    title: '418',
    response: { status: 418, body: error },
    message: 'The server responded with the unexpected status 418.',
  },
  {
    code: 'status-unexpected',
    title: '304, which is no redirect',
    response: { status: 304, body: '' },
    message: 'The server responded with the unexpected status 304.',
  },
  {
    code: 'response-from-proxy',
    title: 'a page with 200, as from a captive portal',
    response: { body: `\n  ${page}`, headers: html },
    message: 'The response is an HTML page (200).',
  },
  {
    code: 'response-from-proxy',
    title: 'a page with another status',
    response: { status: 400, body: page, headers: html },
    message: 'The response is an HTML page (400).',
  },
  ...[407, 511].map(
    (status): FailureCase => ({
      code: 'response-from-proxy',
      title: `${status}`,
      response: { status, body: error },
      message: 'The response is probably from a proxy,',
    }),
  ),
  {
    code: 'response-not-json',
    title: 'an empty body',
    response: { body: '' },
    message: 'The response is empty (200).',
  },
  {
    code: 'response-not-json',
    title: '204',
    response: { status: 204, body: '' },
    message: 'The response is empty (204).',
  },
  {
    code: 'response-not-json',
    title: 'plain text',
    response: { body: `OK ${env.GALLABOX_API_SECRET}` },
    message: 'The response is not JSON.',
  },
  {
    code: 'response-not-json',
    title: 'an array that is cut',
    response: { body: JSON.stringify([record()]).slice(0, -1) },
    message: 'The response is not JSON.',
  },
  {
    code: 'response-not-json',
    title: 'invalid UTF-8',
    response: { body: Buffer.from(['[', '"', '\xFF', '"', ']'].join(''), 'latin1') },
    message: 'The response is not JSON.',
  },
  {
    code: 'response-not-json',
    title: 'a compressed body',
    response: { body: gzipSync(JSON.stringify([record()])), headers: { 'content-encoding': 'gzip' } },
    message: 'The response is compressed, which the request does not allow.',
  },
  ...[
    ['null', null],
    ['a string', 'webhooks'],
    ['an object with an error', error],
    ['an object with two lists', { data: [record()], items: [] }],
    ['an object with a list of another name', { errors: [error] }],
  ].map(
    ([title, value]): FailureCase => ({
      code: 'response-not-list',
      title: title as string,
      response: { body: JSON.stringify(value) },
      message: 'The response is not a list of webhooks. It must be an array, but got: ',
      fix: 'Check --server. Update gallabox-webhooks',
    }),
  ),
]
