// autocannon in a process of its own: told what to send where, it answers how long that took.
// It must not know who serves.
import autocannon from 'autocannon'

/** Sends so many requests, and measures from the first answer to the last: opening connections is not the question. */
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
