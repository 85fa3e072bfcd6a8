// Packs and publishes copies of the package, with and without the publisher's fields. Nothing is uploaded.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { expect, test } from 'vitest'
import { listLinks } from '../../tools/docs/markdown.js'
import { rewriteLinks } from '../../tools/release/links.mjs'
import { temporaryFolder } from '../support/temporary-folder.js'

const root = join(import.meta.dirname, '../..')
const folder = temporaryFolder()
const repository = 'https://github.com/example/webhooks'
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
// The build contains no Markdown, so an empty command stands for it.
const packed: readonly string[] = ['README.md', 'LICENSE', ...manifest.files.filter((file: string) => file !== 'dist')]
const pages = packed.flatMap((file) => {
  const isFolder = statSync(join(root, file)).isDirectory()
  const files = isFolder ? readdirSync(join(root, file), { recursive: true, encoding: 'utf8' }) : ['']
  return files.map((name) => posix.join(file, name)).filter((name) => /\.(md|txt)$/.test(name))
})

function copyPackage(): string {
  const copy = mkdtempSync(join(folder, 'package-'))
  for (const file of ['package.json', 'tools/release', '.github/ISSUE_TEMPLATE', ...packed]) {
    mkdirSync(dirname(join(copy, file)), { recursive: true })
    cpSync(join(root, file), join(copy, file), { recursive: true })
  }
  mkdirSync(join(copy, 'dist'))
  writeFileSync(join(copy, 'dist/cli.js'), '')
  // A publisher has these fields, and the tests of the fork must pass too.
  const { repository: _1, homepage: _2, bugs: _3, ...others } = manifest
  writeFileSync(join(copy, 'package.json'), JSON.stringify(others))
  return copy
}

function run(
  cwd: string,
  command: string,
  args: readonly string[],
  env = {},
): { status: number | null; output: string } {
  const { GITHUB_REPOSITORY: _, ...environment } = process.env
  const options = { cwd, encoding: 'utf8', env: { ...environment, ...env } } as const
  const { status, stdout, stderr } = spawnSync(command, args, options)
  return { status, output: stdout + stderr }
}

function setRepository(copy: string, ...args: readonly string[]) {
  return run(copy, process.execPath, ['tools/release/set-repository.mjs', ...args])
}

/** Packs a copy and returns the folder with the content of the tarball. */
function pack(copy: string): string {
  expect(run(copy, 'npm', ['pack', '--pack-destination', folder])).toMatchObject({ status: 0 })
  const content = mkdtempSync(join(folder, 'content-'))
  run(folder, 'tar', ['-xzf', join(folder, `gallabox-webhooks-${manifest.version}.tgz`), '-C', content])
  return join(content, 'package')
}

function publish(copy: string, env = {}) {
  return run(copy, 'npm', ['publish', '--dry-run', '--offline'], env)
}

function relativeLinksOf(text: string): string[] {
  return listLinks(text).filter((link) => !/^(https:|#)/.test(link))
}

test('the original pages have relative links', () => {
  const links = pages.flatMap((page) => relativeLinksOf(readFileSync(join(root, page), 'utf8')))
  expect(links.length).toBeGreaterThan(30)
})

test('without a repository, every link of the packed pages leads to a packed file', () => {
  const content = pack(copyPackage())
  for (const page of pages) {
    const links = relativeLinksOf(readFileSync(join(content, page), 'utf8'))
    const dead = links.filter((link) => !existsSync(join(content, dirname(page), link.split('#')[0] as string)))
    expect([page, dead]).toEqual([page, []])
  }
})

test('with a repository, every link of the packed pages is absolute and leads to a file of the repository', () => {
  const copy = copyPackage()
  setRepository(copy, repository)
  const content = pack(copy)
  const all = pages.flatMap((page) => {
    const text = readFileSync(join(content, page), 'utf8')
    expect([page, relativeLinksOf(text)]).toEqual([page, []])
    return listLinks(text)
  })
  const paths = all
    .filter((link) => link.startsWith(repository))
    .map((link) => link.replace(/^.*?\/(blob|raw)\/HEAD\//, '').replace(/#.*/, ''))
  expect(paths.length).toBeGreaterThan(30)
  expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
})

test('packing restores the originals, also after it was killed', () => {
  const copy = copyPackage()
  const read = () => [...pages, 'openapi.json'].map((file) => readFileSync(join(copy, file), 'utf8'))
  const originals = read()
  pack(copy)
  expect(read()).toEqual(originals)

  const script = (step: string) => run(copy, process.execPath, ['tools/release/pack.mjs', step])
  script('prepare')
  expect(read()).not.toEqual(originals)
  script('prepare')
  script('restore')
  expect(read()).toEqual(originals)
  expect(existsSync(join(copy, '.packing'))).toBe(false)
})

test('the packed OpenAPI document has the same content without indentation', () => {
  const packedText = readFileSync(join(pack(copyPackage()), 'openapi.json'), 'utf8')
  const original = readFileSync(join(root, 'openapi.json'), 'utf8')
  expect(JSON.parse(packedText)).toEqual(JSON.parse(original))
  expect(packedText.length).toBeLessThan(original.length / 2)
})

test('npm publish fails without a repository', () => {
  const { status, output } = publish(copyPackage())
  expect(output).toContain(
    'package.json: repository is missing. Run npm run set-repository -- https://github.com/OWNER/REPO.\n',
  )
  expect(status).not.toBe(0)
})

test('npm publish fails in the workflow of another repository', () => {
  const copy = copyPackage()
  setRepository(copy, repository)
  const workflow = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'example/fork' }
  const { status, output } = publish(copy, workflow)
  expect(output).toContain(`repository is ${repository}, but this workflow runs in https://github.com/example/fork.`)
  expect(status).not.toBe(0)
})

test('npm publish would publish with a repository, in its own workflow too', () => {
  const copy = copyPackage()
  setRepository(copy, repository)
  for (const env of [{}, { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'example/webhooks' }]) {
    const { status, output } = publish(copy, env)
    expect(output).toContain('with tag latest and public access (dry-run)')
    expect(output).toContain(`+ gallabox-webhooks@${manifest.version}`)
    // Such as "npm auto-corrected some errors in your package.json".
    expect(output).not.toMatch(/npm warn (?!publish This command requires you to be logged in)/)
    expect(status).toBe(0)
  }
})

test('set-repository writes the fields and the security contact, and can be run again', () => {
  const copy = copyPackage()
  setRepository(copy, 'https://github.com/example/old', '--homepage', 'https://old.example')
  expect(setRepository(copy, `${repository}.git`)).toMatchObject({ status: 0 })
  const written = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'))
  expect(written).toMatchObject({
    repository: { type: 'git', url: `git+${repository}.git` },
    homepage: `${repository}#readme`,
    bugs: `${repository}/issues`,
  })
  const chooser = readFileSync(join(copy, '.github/ISSUE_TEMPLATE/config.yml'), 'utf8')
  expect(chooser).toContain(`url: ${repository}/security/advisories/new\n`)

  setRepository(copy, `${repository}/`, '--homepage', 'https://webhooks.example')
  const { homepage } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'))
  expect(homepage).toBe('https://webhooks.example')
})

test.each([
  [[], /^repository: must be https:\/\/github\.com\/OWNER\/REPO\./],
  [['https://gitlab.com/example/webhooks'], /^repository: must be/],
  [['https://github.com/example'], /^repository: must be/],
  [[repository, '--homepage', 'webhooks.example'], /^homepage: must be an https URL\./],
])('set-repository rejects %j and changes nothing', (args, message) => {
  const copy = copyPackage()
  const original = readFileSync(join(copy, 'package.json'), 'utf8')
  const { status, output } = setRepository(copy, ...args)
  expect(output).toMatch(message)
  expect(status).toBe(2)
  expect(readFileSync(join(copy, 'package.json'), 'utf8')).toBe(original)
})

test.each([
  ['[a](b.md#c "d")', 'a', `[a](${repository}/blob/HEAD/docs/b.md#c "d")`],
  ['[`a[0]`](../b.md)', '`a[0]`', `[\`a[0]\`](${repository}/blob/HEAD/b.md)`],
  ['![a](b.svg)', 'a', `![a](${repository}/raw/HEAD/docs/b.svg)`],
  ['[![a](b.svg)](c.md)', 'a', `[![a](${repository}/raw/HEAD/docs/b.svg)](${repository}/blob/HEAD/docs/c.md)`],
  ['[a](packed.md#b)', '[a](packed.md#b)', `[a](${repository}/blob/HEAD/docs/packed.md#b)`],
  ...['[a](https://b.example)', '[a](#b)', '[a](mailto:b@c.example)', '`[a](b.md)`', '```md\n[a](b.md)\n```'].map(
    (text) => [text, text, text] as const,
  ),
])('links of %j', (text, plain, absolute) => {
  const options = { page: 'docs/a.md', isPacked: (path: string) => path === 'docs/packed.md' }
  expect(rewriteLinks(text, { ...options, repository: undefined })).toBe(plain)
  expect(rewriteLinks(text, { ...options, repository })).toBe(absolute)
})
