/**
 * Returns a member of a payload that its type does not list, such as one that Gallabox added after this release. The
 * types list only known members, so that a misspelled one does not compile.
 *
 * @param data - A payload, or an object in it.
 * @param path - The names of the members on the way, and the indexes of lists.
 * @returns The value, or undefined if a member on the way is missing. Inherited members, such as `toString`, are missing.
 * @example
 * ```ts
 * import { createReceiver, readMember } from 'gallabox-webhooks'
 *
 * createReceiver({
 *   secret: process.env.GALLABOX_WEBHOOK_SECRET,
 *   on: {
 *     'Message.Received': ({ data }) => {
 *       const country = readMember(data, 'whatsapp', 'profile', 'country')
 *       if (typeof country === 'string') console.log(country)
 *     },
 *   },
 * })
 * ```
 */
export function readMember(data: unknown, ...path: readonly (string | number)[]): unknown {
  let value = data
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string | number, unknown>)[name]
  }
  return value
}
