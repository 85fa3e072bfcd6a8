// doctor: receivers that are right have nothing to mend. All adapters are among them.
import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { runCli } from '../support/cli.js'
import { listen } from '../support/listen.js'
import { targets } from '../support/targets.js'
import { byHand, secret } from './receivers/by-hand.js'

const env = { GALLABOX_WEBHOOK_SECRET: secret }

async function examine(url: string) {
  const { code, out, err } = await runCli(['doctor', url, '--json'], { env })
  const report = JSON.parse(out)
  return { code, err, report, wrong: report.checks.filter(({ result }: { result: string }) => result === 'failed') }
}

test('one that was written by hand passes every check', async () => {
  const { code, report, wrong } = await examine(await listen(createServer(byHand())))
  expect(wrong).toEqual([])
  expect(code).toBe(0)
  console.log(
    JSON.stringify(
      report.checks.map((c: any) => [c.result, c.id, c.found].join(' | ')),
      null,
      1,
    ),
    report.requests,
  )
})

describe('every adapter passes', () => {
  test.each(targets.map((target) => [`${target.name}, ${target.form}`, target] as const))(
    '%s',
    async (_title, target) => {
      const running = await target.start({ secret, onEvent: () => {} })
      const { code, wrong, report } = await examine(running.url)
      await running.close()
      console.log(
        JSON.stringify(
          report.checks.filter((c: any) => c.result != 'passed').map((c: any) => [c.result, c.id, c.found].join(' | ')),
          null,
          1,
        ),
        report.requests,
      )
      expect(wrong).toEqual([])
      expect(code).toBe(0)
    },
  )
})
