// The page and the picture of the request lifecycle list the outcomes of each step, as the registry has them.
import { describe, expect, test } from 'vitest'
import { type OutcomeCode, outcomes } from '../../src/receiver/outcome.js'
import { read } from '../../tools/docs/pages.js'

const page = read('docs/concepts/request-lifecycle.md')
const picture = read('docs/concepts/request-lifecycle.svg')
const codes = Object.keys(outcomes) as OutcomeCode[]
const steps = [...new Set(codes.map((code) => outcomes[code].step))]

describe.each(steps)('%s', (step) => {
  const ofStep = codes.filter((code) => outcomes[code].step === step)
  // A declared length is checked with the headers.
  const statuses = [...ofStep.map((code) => outcomes[code].status), ...(step === 'check headers' ? [413] : [])]

  test('has a row with all of its outcomes', () => {
    const [, row = ''] = new RegExp(`^\\| ${step} \\|.*\\|(.*)\\|$`, 'm').exec(page) ?? []
    const listed = [...row.matchAll(/`([a-z0-9-]+)` (\d+)/g)].map(([, code, status]) => [code, Number(status)])
    expect(listed).toEqual(ofStep.map((code) => [code, outcomes[code].status]))
  })

  test('has all of its statuses in the picture', () => {
    expect(statusesBeside(step.split(' ')[0] as string)).toEqual([...new Set(statuses)].sort())
  })
})

/** Lists the statuses at the line that leaves the box with a word: they are left of the line, below the box. */
function statusesBeside(word: string): readonly number[] {
  const texts = [...picture.matchAll(/<text[^>]* x="(\d+)" y="(\d+)"[^>]*>([^<]+)<\/text>/g)].map(
    ([, x, y, text = '']) => ({ x: Number(x), y: Number(y), text }),
  )
  const line = texts.find(({ text }) => text === word)?.x as number
  const beside = texts.filter(({ x, y }) => y > 140 && y < 180 && x < line && x > line - 60)
  return beside.flatMap(({ text }) => text.split(' ').map(Number)).sort()
}
