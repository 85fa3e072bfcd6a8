// The example of the signature checker. It is signed when the site is built, because browsers have no node:crypto.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Example } from './checker.js'

const library = pathToFileURL(join(import.meta.dirname, '../../../dist/testing.js')).href

/** Returns the example. */
export async function createExample(): Promise<Example> {
  const { samplePayload, signBody } = (await import(library)) as typeof import('../../../dist/testing.js')
  const name = 'Message.Received'
  const secret = 'the secret of this example'
  const body = JSON.stringify(samplePayload(name))
  return { name, body, signature: signBody(body, secret), secret }
}

declare const data: Example

export { data }

export default { load: createExample }
