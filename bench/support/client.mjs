// Runs autocannon in its own process: receives what to send, and reports how long it took.
import autocannon from 'autocannon'

/** Sends requests and measures from the first response to the last, without the time to open connections. */
async function send({ url, headers, body, connections, amount }) {
  let first
  let last
  const run = autocannon({
    url,
    method: 'POST',
    headers,
    body: Buffer.from(body, 'base64'),
    connections,
    amount,
    sampleInt: 10,
    skipAggregateResult: true,
    bailout: 1,
  })
  run.on('response', () => {
    last = performance.now()
    first ??= last
  })
  const { '2xx': good, non2xx, errors } = await run
  return { ms: last - first, good, bad: non2xx + errors }
}

process.on('message', async (request) => process.send(await send(request)))
process.send({})
