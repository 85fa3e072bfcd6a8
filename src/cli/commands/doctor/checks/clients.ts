// A correct receiver survives clients that flood it, are slow or hang up, and responds quickly.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  failedResult,
  passedResult,
  type ReceiverCheck,
  rateLimitedResult,
  skippedResult,
  stoppedWorking,
  warningResult,
} from '../check.js'
import { classifyResponse, describeResponse } from '../classify-response.js'
import { messageBody } from '../sample-bodies.js'
import type { Target } from '../target.js'

// More than the buffers of the connection can hold, so that the receiver has read most of what was sent.
const floodBytes = 16 * 1024 * 1024
const chunk = Buffer.alloc(64 * 1024, 'tea ')
const firstChunk = Buffer.concat([Buffer.from('{"text":"'), chunk])
const lastChunk = Buffer.from('"}')

const flood: ReceiverCheck = {
  id: 'flood',
  title: 'rejects 16 MiB without a signature before reading all of it',
  cause: 'Anyone can fill its memory, because it has no body limit.',
  fix: 'Reject unsigned deliveries before reading the body, and read at most 1 MiB of any body.',
  sendsOnlyForgeries: true,
  async run(target) {
    let sentBytes = 0
    async function* generateChunks() {
      for (sentBytes = 0; sentBytes < floodBytes; sentBytes += chunk.byteLength) {
        yield sentBytes === 0 ? firstChunk : chunk
        // Waits for an early response to arrive.
        await sleep(1)
      }
      yield lastChunk
    }
    const timeoutMs = 3 * target.timeoutMs
    const response = await target.send({ body: '', signature: null, chunks: generateChunks, timeoutMs })
    const wasRead = sentBytes >= floodBytes
    const evidence = `${describeResponse(response)} after ${(sentBytes / 1024 / 1024).toFixed(1)} MiB`
    const fail = (cause: string) => failedResult(evidence, { ...flood, cause })
    switch (classifyResponse(response)) {
      case 'rate-limited':
        return rateLimitedResult
      case 'accepted':
        return wasRead ? failedResult(evidence, flood) : passedResult(evidence)
      case 'crashed':
        return fail('An attacker can make it fail with a large body.')
      case 'no-response':
        if (!response.reason.includes('closed'))
          return fail('An attacker can keep it busy with a large body. It does not respond.')
        break
    }
    if (!wasRead) return passedResult(evidence)
    const cause =
      'It reads the whole body before it rejects it. If it buffers the body, concurrent requests can fill its memory.'
    return warningResult(evidence, { ...flood, cause })
  },
}

const slowClient: ReceiverCheck = {
  id: 'slow-client',
  title: 'serves other clients while one is slow',
  cause: 'One slow client blocks all others, even without malicious intent.',
  fix: 'Serve connections concurrently, or put a proxy in front that reads whole requests first.',
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
    const slow = target.send({ body, chunks: generateSlowly, timeoutMs: 2 * target.timeoutMs + 1000 })
    const [other] = await Promise.all([sendFromOtherClient(), slow])
    const evidence = `another client: ${describeResponse(other)}`
    const responseClass = classifyResponse(other)
    if (responseClass === 'rate-limited') return rateLimitedResult
    if (responseClass === 'accepted') return passedResult(evidence)
    return responseClass === 'no-response' ? failedResult(evidence, slowClient) : skippedResult(evidence)
  },
}

const hangUp: ReceiverCheck = {
  id: 'hang-up',
  title: 'survives a client that hangs up midway',
  cause: stoppedWorking,
  fix: 'Handle the error of the request. In Node: the event "error" or "aborted".',
  async run(target) {
    const body = messageBody(target.marker)
    async function* generateHalf() {
      yield Buffer.from(body).subarray(0, 100)
      await sleep(50)
      throw new Error('The client hung up.')
    }
    await target.send({ body, chunks: generateHalf })
    await sleep(100)
    const next = await target.send({ body: messageBody(target.marker) })
    const evidence = `the next delivery: ${describeResponse(next)}`
    const responseClass = classifyResponse(next)
    if (responseClass === 'rate-limited') return rateLimitedResult
    return responseClass === 'accepted' ? passedResult(evidence) : failedResult(evidence, hangUp)
  },
}

// The number of responses to measure. All but one must arrive in time.
const sampleSize = 20

const speed: ReceiverCheck = {
  id: 'speed',
  title: 'responds quickly',
  cause: 'A sender times out, and the delivery counts as failed.',
  fix: 'Respond as soon as the signature is verified and the event is stored. Do the work afterwards.',
  async run(target) {
    const endsAt = performance.now() + 3 * target.timeoutMs
    while (listTimes(target).length < sampleSize && performance.now() < endsAt) {
      const response = await target.send({ body: messageBody(target.marker) })
      if (classifyResponse(response) === 'rate-limited') return rateLimitedResult
    }
    const times = [...listTimes(target)].sort((a, b) => a - b)
    const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? 0
    const evidence = `95 % of ${times.length} responses within ${p95} ms`
    if (p95 >= target.timeoutMs) return failedResult(evidence, speed)
    if (p95 <= target.timeoutMs / 5) return passedResult(evidence)
    const cause = 'Gallabox asks for a quick response. Its timeout is not documented.'
    return warningResult(evidence, { ...speed, cause })
  },
}

/** Lists the response times of valid deliveries, in milliseconds. */
function listTimes({ responses }: Target): readonly number[] {
  const accepted = responses.filter(({ hasValidRequest, status }) => hasValidRequest && (status ?? 0) < 300)
  return accepted.map(({ ms }) => ms)
}

export const clientChecks: readonly ReceiverCheck[] = [flood, slowClient, hangUp, speed]
