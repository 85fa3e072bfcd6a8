import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listFences, read, root } from '../../tools/docs/pages.js'

const files = (folder: string) => readdirSync(join(root, folder)).sort()
const pages = files('docs/recipes').filter((page) => page !== 'index.md')

test('docs/recipes/index.md links to each recipe once', () => {
  const links = [...read('docs/recipes/index.md').matchAll(/^- \[.+\]\((.+)\)/gm)].map(([, link]) => link)
  expect(links.sort()).toEqual(pages)
})

test('each program of examples/recipes is on a page, and a test starts it', () => {
  const shown = pages.flatMap((page) => listFences(read(`docs/recipes/${page}`)).map(({ shows }) => shows))
  const programs = files('examples/recipes')
  expect(programs.filter((program) => !shown.includes(`examples/recipes/${program}`))).toEqual([])
  const tests = read('test/recipes/recipes.test.ts')
  expect(programs.filter((program) => !tests.includes(`'${program}'`))).toEqual([])
})
