// The one suite that every runtime runs: all vectors, by every way into the library that needs no server.
// It must not know a test framework, a file system or where its arguments come from, so that it runs anywhere.
import { listDeliveryCases, listSignatureCases } from './cases.mjs'
import { identifyRuntime } from './runtimes.mjs'
import { assertEqual } from './values.mjs'

/**
 * Runs the suite and returns a result for each case: `{ title, ok, error? }`. It rejects for nothing that the library does.
 *
 * `library` is the exports of gallabox-webhooks; `runtime` and `version` are what this is claimed to be.
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
    title: `this is really ${[runtime, version].filter(Boolean).join(' ')}`,
    run: () => assertEqual(identifyRuntime(), version ? { runtime, version } : { runtime }),
  }
  yield {
    title: 'there are vectors of every kind',
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
  // After all of them: some carry `__proto__` and `constructor` as keys.
  yield { title: 'nothing has reached Object.prototype', run: () => assertEqual(Object.keys(Object.prototype), []) }
}
