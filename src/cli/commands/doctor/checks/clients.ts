// A correct receiver survives clients that flood it, are slow or hang up, and responds quickly.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  failedResult,
  notedResult,
  passedResult,
  type ReceiverCheck,
  rateLimitedResult,
  skippedResult,
  stoppedWorking,
} from '../check.js'
import { classifyResponse, describeResponse } from '../classify-response.js'
import { messageBody } from '../sample-bodies.js'
import type { Target } from '../target.js'

const floodBytes = 8 * 1024 * 1024
const chunk = Buffer.alloc(64 * 1024, 'tea ')
const firstChunk = Buffer.concat([Buffer.from('{"text":"'), chunk])
const lastChunk = Buffer.from('"}')

const flood: ReceiverCheck = {
  id: 'flood',
  title: 'rejects 8 MiB without a signature before reading all of it',
  sendsOnlyForgeries: true,
  async run(target) {
    let sentBytes = 0
    async function* generateChunks() {
      for (; sentBytes < floodBytes; sentBytes += chunk.byteLength) {
        yield sentBytes === 0 ? firstChunk : chunk
        // Waits for an early response to arrive.
        await sleep(1)
      }
      yield lastChunk
    }
    const timeoutMs = 3 * target.timeoutMs
    const response = await target.send({ body: '', signature: null, chunks: generateChunks(), timeoutMs })
    const observed = `${describeResponse(response)} after ${(sentBytes / 1024 / 1024).toFixed(1)} MiB`
    const hint = 'Reject unsigned deliveries before reading the body, and read at most 1 MiB of any body.'
    const responseClass = classifyResponse(response)
    if (responseClass === 'rate-limited') return rateLimitedResult
    if (responseClass === 'accepted')
      return failedResult(observed, 'Anyone can fill its memory, because it has no body limit.', hint)
    if (responseClass === 'crashed')
      return failedResult(observed, 'An attacker can make it fail with a large body.', hint)
    if (responseClass === 'no-response' && !response.reason.includes('closed'))
      return failedResult(observed, 'An attacker can keep it busy with a large body. It does not respond.', hint)
    if (sentBytes < floodBytes) return passedResult(observed)
    const meaning =
      'It reads the whole body before it rejects it. If it buffers the body, concurrent requests can fill its memory.'
    return notedResult(observed, meaning, hint)
  },
}

const slowClient: ReceiverCheck = {
  id: 'slow-client',
  title: 'serves other clients while one is slow',
  async run(target) {
    let isDone = false
    const body = messageBody(target.marker)
    async function* generateSlowly() {
      const bytes = Buffer.from(body)
      let offset = 0
      while (!isDone && offset < bytes.byteLength - 1) {
        yield bytes.subarray(offset, ++offset)
        await sleep(20)
      }
      yield bytes.subarray(offset)
    }
    async function sendFromOtherClient() {
      await sleep(100)
      return target.send({ body: messageBody(target.marker) }).finally(() => {
        isDone = true
      })
    }
    const slow = target.send({ body, chunks: generateSlowly(), timeoutMs: 2 * target.timeoutMs + 1000 })
    const [other] = await Promise.all([sendFromOtherClient(), slow])
    const observed = `another client: ${describeResponse(other)}`
    if (classifyResponse(other) === 'accepted') return passedResult(observed)
    if (classifyResponse(other) !== 'no-response') return skippedResult(observed)
    const meaning = 'One slow client blocks all others, even without malicious intent.'
    const hint = 'Serve connections concurrently, or put a proxy in front that reads whole requests first.'
    return failedResult(observed, meaning, hint)
  },
}

const hangUp: ReceiverCheck = {
  id: 'hang-up',
  title: 'survives a client that hangs up midway',
  async run(target) {
    const body = messageBody(target.marker)
    async function* generateHalf() {
      yield Buffer.from(body).subarray(0, 100)
      await sleep(50)
      throw new Error('The client hung up.')
    }
    await target.send({ body, chunks: generateHalf() })
    await sleep(100)
    const next = await target.send({ body: messageBody(target.marker) })
    const observed = `the next delivery: ${describeResponse(next)}`
    if (classifyResponse(next) === 'rate-limited') return rateLimitedResult
    if (classifyResponse(next) === 'accepted') return passedResult(observed)
    return failedResult(
      observed,
      stoppedWorking,
      'Handle the error of the request. In Node: the event "error" or "aborted".',
    )
  },
}

// The number of responses to measure. All but one must arrive in time.
const sampleSize = 20

const speed: ReceiverCheck = {
  id: 'speed',
  title: 'responds quickly',
  async run(target) {
    const endsAt = performance.now() + 3 * target.timeoutMs
    while (listTimes(target).length < sampleSize && performance.now() < endsAt) {
      const response = await target.send({ body: messageBody(target.marker) })
      if (classifyResponse(response) === 'rate-limited') return rateLimitedResult
    }
    const times = [...listTimes(target)].sort((a, b) => a - b)
    const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? 0
    const observed = `95 % of ${times.length} responses within ${p95} ms`
    const hint = 'Respond as soon as the signature is verified and the event is stored. Do the work afterwards.'
    if (p95 >= target.timeoutMs)
      return failedResult(observed, 'A sender times out, and the delivery counts as failed.', hint)
    if (p95 <= target.timeoutMs / 5) return passedResult(observed)
    return notedResult(observed, 'Gallabox asks for a quick response. Its timeout is not documented.', hint)
  },
}

/** Lists the response times of valid deliveries, in milliseconds. */
function listTimes({ responses }: Target): readonly number[] {
  const accepted = responses.filter(({ hasValidRequest, status }) => hasValidRequest && (status ?? 0) < 300)
  return accepted.map(({ ms }) => ms)
}

export const clientChecks: readonly ReceiverCheck[] = [flood, slowClient, hangUp, speed]
