import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const folder = join(root, '.github/workflows')

function readWorkflow(name: string): string {
  return readFileSync(join(folder, name), 'utf8')
}

/** Returns the services of a workflow's first job, as they are written. */
function servicesOf(name: string): string | undefined {
  return readWorkflow(name).match(/^ {4}services:\n(?: {6}.*\n)+/m)?.[0]
}

describe.each(readdirSync(folder))('%s', (name) => {
  const workflow = readWorkflow(name)

  test('pins each action by commit, with its version', () => {
    const actions = [...workflow.matchAll(/uses: (.*)/g)].map(([, action]) => action as string)
    expect(actions.length).toBeGreaterThan(0)
    expect(actions.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
  })

  test('grants no permission to all jobs, and limits the time of each', () => {
    expect(workflow).toMatch(/^permissions: \{\}$/m)
    const count = (pattern: RegExp) => workflow.match(pattern)?.length
    expect(count(/timeout-minutes: \d+/g)).toBe(count(/runs-on: /g))
  })
})

test('a release is checked with the same servers as a change', () => {
  expect(servicesOf('ci.yml')).toContain('mariadb')
  expect(servicesOf('release.yml')).toBe(servicesOf('ci.yml'))
})

test('a change is checked on every version of Node.js that the library is tested on', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'e2e/package.json'), 'utf8'))
  const versions = Object.keys(optionalDependencies).flatMap((name) => name.match(/^node(\d+)$/)?.[1] ?? [])
  expect(readWorkflow('ci.yml')).toContain(`node: [${versions.join(', ')}]`)
})
