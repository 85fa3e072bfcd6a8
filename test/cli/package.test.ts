import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { locatePage } from '../../src/cli/shared/package.js'

const page = 'docs/guides/express.md'
const { repository } = JSON.parse(readFileSync('package.json', 'utf8'))

test('locates a page in the repository of the publisher', () => {
  const url = locatePage(page, { url: 'git+https://github.com/example/webhooks.git' })
  expect(url).toBe(`https://github.com/example/webhooks/blob/HEAD/${page}`)
})

test('locates a page by its path where the publisher has set no repository', () => {
  expect(locatePage(page)).toBe(repository ? locatePage(page, repository) : page)
})
