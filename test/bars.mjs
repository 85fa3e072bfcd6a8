// One table of all that has to be met, with what was found: npm run bars, the end of npm run check.
// It must not measure anything: it reads what tests, checks and benchmarks left behind.
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

function read(path) {
  const file = resolve(root, path)
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

const tests = read('node_modules/.cache/bars/tests.json')
const proofs = read('node_modules/.cache/bars/proofs.json')
const coverage = read('node_modules/.cache/bars/coverage.json')
const bench = read('bench/bars.json') ?? {}
const mutants = read('test/mutants/score.json')
const [examples, compilers, conformance, logPage, site] = [
  'examples',
  'compilers',
  'conformance',
  'log-page',
  'site',
].map((name) => read(`runtimes/node_modules/.cache/${name}.json`))

/** How much of the lines and branches of some files the tests ran. */
function covered(isMeant, bar) {
  if (!coverage) return notRun('npm test')
  const files = Object.entries(coverage).filter(([file]) => file !== 'total' && isMeant(file))
  const shares = ['lines', 'branches'].map((kind) => {
    const [ran, all] = ['covered', 'total'].map((part) => files.reduce((sum, [, file]) => sum + file[kind][part], 0))
    return (100 * ran) / all
  })
  // Rounded down: 99.99 % is not 100 %.
  const [lines, branches] = shares.map((share) => Math.floor(100 * share) / 100)
  return { found: `${lines} % and ${branches} %`, met: shares.every((share) => share >= bar) }
}

/** All results of the files, or of the titles, that the pattern finds. */
function results(report, pattern) {
  return (report?.testResults ?? []).flatMap(({ name, assertionResults }) =>
    assertionResults.filter(({ fullName }) => pattern.test(`${name.slice(root.length)} ${fullName}`)),
  )
}

const notRun = (command) => ({ found: `not run: ${command}`, met: false })

function passed(report, pattern, command = 'npm run check') {
  const found = results(report, pattern).filter(({ status }) => status !== 'skipped' && status !== 'pending')
  if (found.length === 0) return notRun(command)
  const failed = found.filter(({ status }) => status !== 'passed').length
  return { found: failed ? `${failed} of ${found.length} fail` : `${found.length} pass`, met: failed === 0 }
}

function largest(pattern, limit, unit, digits = 0) {
  const figures = results(proofs, pattern).flatMap(({ meta }) => meta?.figure ?? [])
  if (figures.length === 0) return notRun('npm run check')
  const found = Math.max(...figures)
  return { found: `${found.toFixed(digits)} ${unit}`, met: found <= limit }
}

function counted(counts) {
  if (!counts) return notRun('npm run check:runtimes')
  return { found: counts.failed ? `${counts.failed} fail` : `${counts.passed} pass`, met: counts.failed === 0 }
}

function measured(title, pattern = /./) {
  const { run, bars = [] } = bench[title] ?? {}
  const own = bars.filter(({ bar }) => pattern.test(bar))
  if (own.length === 0) return [{ ...notRun('npm run bench'), bar: title }]
  return own.map(({ bar, found, met }) => ({ bar, found: `${found} (${run.slice(0, 10)})`, met }))
}

const rows = [
  { proof: 'known answers', bar: 'all', ...passed(tests, /(vectors|signature)\.test/, 'npm test') },
  { proof: 'hostile input', bar: 'all', ...passed(tests, /(hostile|relabel|matrix|guard)\.test/, 'npm test') },
  { proof: 'properties', bar: 'all', ...passed(tests, /laws/, 'npm test') },
  { proof: 'properties', bar: '1 000 000 bodies, no exception', ...passed(proofs, /shape\.check/) },
  {
    proof: 'mutants',
    bar: '90 % killed, all others explained',
    ...(mutants
      ? {
          found: `${mutants.score.toFixed(1)} % of ${mutants.mutants}, ${mutants.unexplained} unexplained (${mutants.date})`,
          met: mutants.score >= 90 && mutants.unexplained === 0,
        }
      : notRun('npm run mutants')),
  },
  {
    proof: 'coverage',
    bar: '100 % of lines and branches without the command',
    ...covered((file) => !file.includes('/src/cli/'), 100),
  },
  { proof: 'coverage', bar: '95 % with it', ...covered(() => true, 95) },
  { proof: 'types', bar: 'the tests, the editor, the cost', ...passed(proofs, /types\/\w+\.check/) },
  { proof: 'types', bar: 'TypeScript 5.9, 6.0, 7.0, in every mode', ...counted(compilers) },
  { proof: 'package', bar: 'all', ...passed(proofs, /package\.check/) },
  { proof: 'stores', bar: 'two processes, SIGKILL', ...passed(proofs, /processes\.check/) },
  { proof: 'size', bar: 'verifySignature: 1000 bytes', ...largest(/verifySignature alone/, 1000, 'bytes') },
  ...['express', 'koa', 'fastify', 'web', 'node', 'lambda'].map((adapter) => ({
    proof: 'size',
    bar: `core and ${adapter}: 7000 bytes`,
    ...largest(new RegExp(`the core and ${adapter} `), 7000, 'bytes'),
  })),
  ...['Signatures', 'Adapters', 'Start-up'].flatMap((title) =>
    measured(title).map((row) => ({ proof: 'speed', ...row })),
  ),
  { proof: 'memory', bar: '64 MiB that are refused: 8 MB', ...largest(/64 MiB/, 8, 'MB', 1) },
  { proof: 'memory', bar: '1 MiB in one-byte chunks: 16 MB', ...largest(/one-byte chunks/, 16, 'MB', 1) },
  ...measured('Soak').map((row) => ({ proof: 'soak', ...row })),
  { proof: 'runtimes', bar: 'Node 20 to 26, Bun, Deno, workerd, Chromium', ...counted(conformance) },
  { proof: 'examples', bar: 'each on its framework or platform', ...counted(examples) },
  { proof: 'log page', bar: 'driven in Chromium', ...counted(logPage) },
  { proof: 'docs', bar: 'site: search and checker, in Chromium', ...counted(site) },
  { proof: 'layers', bar: 'all', ...passed(proofs, /layers\.check/) },
  { proof: 'docs', bar: 'every snippet, page and link, openapi.json', ...passed(proofs, /(docs\/\w+|openapi)\.check/) },
]

const width = (key) => Math.max(...rows.map((row) => row[key].length))
for (const { proof, bar, found, met } of rows) {
  console.log(`${met ? 'met   ' : 'MISSED'}  ${proof.padEnd(width('proof'))}  ${bar.padEnd(width('bar'))}  ${found}`)
}
const missed = rows.filter(({ met }) => !met)
console.log(`${rows.length - missed.length} bars met, ${missed.length} missed`)
