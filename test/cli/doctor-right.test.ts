// doctor finds no problem in a correct receiver. Every adapter is one.
import { createServer, type RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { listen } from '../support/listen.js'
import { targets } from '../support/targets.js'
import { createManualReceiver, respond, secret } from './receivers/by-hand.js'
import { runDoctor } from './receivers/run-doctor.js'

test('a receiver without this library passes every check', async () => {
  const { code, results, checks } = await runDoctor(await listen(createServer(createManualReceiver())))
  expect({ code, results }).toEqual({ code: 0, results: {} })
  expect(checks.length).toBeGreaterThan(40)
})

test.each(targets.map((target) => [`${target.name}, ${target.form}`, target] as const))(
  '%s passes every check',
  async (_title, target) => {
    const running = await target.start({ secret, onEvent: () => {} })
    const { code, results } = await runDoctor(running.url)
    await running.close()
    // A gateway reads whole requests before the adapter gets them.
    expect({ code, results }).toEqual({ code: 0, results: target.streams ? {} : { warning: ['flood'] } })
  },
)

// A gateway in front of the receiver rejects requests without the token.
const behindToken: RequestListener = (req, res) => {
  const isKnown = req.headers['x-token'] === 't' || req.url?.includes('token=t')
  if (isKnown) return createManualReceiver()(req, res)
  req.resume()
  respond(res, 403)
}

test.each([
  ['a header', '', ['--header', 'X-Token: t']],
  ['a parameter of the URL', '?token=t', []],
])('a correct receiver behind %s passes every check', async (_title, query, options) => {
  const url = await listen(createServer(behindToken))
  expect(await runDoctor(`${url}${query}`, ...options)).toMatchObject({ code: 0, verdict: 'passed', results: {} })
})
