// Compiles the packed library's types with three compilers in every module resolution mode: npm run compilers.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { conclude } from '../support/conclude.mjs'
import { e2eFolder, inModules, installLibrary, versions } from '../support/install.mjs'
import { run } from '../support/processes.mjs'

const compilers = ['typescript', 'typescript6', 'typescript7']
const consumer = join(e2eFolder, '../test/package/consumer.ts')
const cache = inModules('.cache/compilers')

// The file extension selects the ESM or the CommonJS types of the package.
const modes = [
  {
    title: 'node10',
    file: 'consumer.ts',
    module: 'commonjs',
    moduleResolution: 'node10',
    unsupportedBy: ['typescript7'],
  },
  { title: 'node16, ESM', file: 'consumer.mts', module: 'node16', moduleResolution: 'node16' },
  { title: 'node16, CommonJS', file: 'consumer.cts', module: 'node16', moduleResolution: 'node16' },
  { title: 'nodenext, ESM', file: 'consumer.mts', module: 'nodenext', moduleResolution: 'nodenext' },
  { title: 'nodenext, CommonJS', file: 'consumer.cts', module: 'nodenext', moduleResolution: 'nodenext' },
  { title: 'bundler', file: 'consumer.ts', module: 'esnext', moduleResolution: 'bundler' },
]

const counts = { passed: 0, failed: 0 }

async function report(compiler, title, work) {
  try {
    await work()
    counts.passed++
    console.log(`ok    ${compiler.padEnd(12)} ${title}`)
  } catch (error) {
    counts.failed++
    console.log(`FAIL  ${compiler.padEnd(12)} ${title}: ${error.message}`)
  }
}

function compile(compiler, project) {
  return run(process.execPath, [inModules(`${compiler}/bin/tsc`), '-p', project], { cwd: e2eFolder, env: process.env })
}

/** Writes a consumer without the types of Node.js or browsers. Returns the path of its project. */
function makeProject(compiler, { title, file, module, moduleResolution }, code) {
  const folder = join(cache, `${compiler} ${title}`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  if (code) writeFileSync(join(folder, file), code)
  else cpSync(consumer, join(folder, file))
  const compilerOptions = {
    ...{ target: 'es2022', lib: ['es2022'], types: [], module, moduleResolution },
    ...{ strict: true, skipLibCheck: false, noEmit: true },
    ...(compiler === 'typescript6' && moduleResolution === 'node10' ? { ignoreDeprecations: '6.0' } : {}),
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }))
  return folder
}

async function check(compiler) {
  await report(compiler, `the type tests (${versions()[compiler]})`, () => compile(compiler, 'compilers'))
  for (const mode of modes.filter(({ unsupportedBy = [] }) => !unsupportedBy.includes(compiler))) {
    await report(compiler, mode.title, () => compile(compiler, makeProject(compiler, mode)))
  }
  await report(compiler, 'a type error is reported', async () => {
    const wrong = `import { verifySignature } from 'gallabox-webhooks'\nexport const wrong: number = verifySignature('', '', '')\n`
    const failure = await compile(compiler, makeProject(compiler, modes.at(-1), wrong)).catch((error) => error)
    if (!String(failure.message).includes('TS2322')) throw new Error('it compiled without an error')
  })
}

await installLibrary(process.argv[2])
// At the same time, because each uses one core.
await Promise.all(compilers.map(check))
conclude(counts)
