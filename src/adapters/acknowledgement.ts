import { tryOptional } from '../platform/optional-globals.js'
import type { Receiver } from '../receiver/receiver.js'

/**
 * Throws a TypeError for a receiver with `ack: 'before-handler'` on AWS Lambda, which stops after the response: the
 * handler would never finish. Express, Koa, Fastify and Node.js applications are wrapped for Lambda too.
 */
export function assertRunsAfterResponse(receiver: Receiver, isLambda = runsOnLambda): void {
  if (receiver.ack !== 'before-handler' || !isLambda()) return
  throw new TypeError(
    "ack: 'before-handler' loses events on Lambda, which stops after the response. Leave ack out, or hand the event to a queue.",
  )
}

/** Reads the environment, which Deno may refuse. Nothing else in the library reads it. */
function runsOnLambda(): boolean {
  const { process } = globalThis as { process?: { env: Record<string, string | undefined> } }
  return tryOptional(() => process?.env.AWS_LAMBDA_FUNCTION_NAME) !== undefined
}
