// The suite that runs on every runtime: all vectors through every function that needs no server. It imports no test
// framework and no platform module.
import { listDeliveryCases, listSignatureCases } from './cases.mjs'
import { identifyRuntime } from './runtimes.mjs'
import { assertEqual } from './values.mjs'

/**
 * Runs the suite and returns a result for each case: `{ title, ok, error? }`. A failure of the library does not reject.
 *
 * `library` contains the exports of gallabox-webhooks. `runtime` and `version` are what this runtime should be.
 */
export async function runConformance(library, { runtime, version, vectors }) {
  const results = []
  for (const { title, run } of listCases(library, { runtime, version, vectors })) {
    try {
      await run()
      results.push({ title, ok: true })
    } catch (error) {
      results.push({ title, ok: false, error: String(error?.message ?? error) })
    }
  }
  return results
}

function* listCases(library, { runtime, version, vectors }) {
  yield {
    title: `the runtime is ${[runtime, version].filter(Boolean).join(' ')}`,
    run: () => assertEqual(identifyRuntime(), version ? { runtime, version } : { runtime }),
  }
  yield {
    title: 'every kind of vector is present',
    run() {
      const kinds = [
        ({ valid }) => valid === true,
        ({ valid }) => valid === false,
        ({ event }) => event,
        ({ key }) => key,
        ({ code }) => code,
      ]
      assertEqual(
        kinds.map((isOfKind) => vectors.some(isOfKind)),
        kinds.map(() => true),
      )
    },
  }
  for (const vector of vectors) {
    if (vector.valid !== undefined) yield* listSignatureCases(library, runtime, vector)
    if (vector.event || vector.code) yield* listDeliveryCases(library, vector)
  }
  // Last, because some vectors contain `__proto__` and `constructor` as keys.
  yield { title: 'Object.prototype is unchanged', run: () => assertEqual(Object.keys(Object.prototype), []) }
}
