// Measures what the built library's types cost a compiler: tsc's counts and times for a small consumer, minus those for an
// empty file.
import { execFileSync } from 'node:child_process'
import { join, resolve } from 'node:path'

const here = import.meta.dirname
const tsc = resolve(here, '../../node_modules/typescript/lib/tsc.js')
const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022', '--typeRoots', here]
const modules = ['--module', 'esnext', '--moduleResolution', 'bundler']

function diagnose(file) {
  const args = [tsc, ...options, ...modules, '--extendedDiagnostics', join(here, file)]
  const output = execFileSync(process.execPath, args, { encoding: 'utf8' })
  const value = (name) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(output)?.[1])
  return { instantiations: value('Instantiations'), types: value('Types'), checkSeconds: value('Check time') }
}

// The counts are the same on every machine. The time is not.
const [empty, consumer] = [diagnose('empty.ts'), diagnose('consumer.ts')]
const cost = Object.entries(consumer).map(([name, value]) => [name, Number((value - empty[name]).toFixed(2))])
console.log(JSON.stringify(Object.fromEntries(cost)))
