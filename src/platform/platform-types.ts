// Public types that every runtime declares itself. They resolve to the ones that the user's project has loaded.

/** The runtime's own `AbortSignal`, or the part that all have where the project has loaded neither DOM nor Node types. */
export type PlatformAbortSignal = typeof globalThis extends { AbortSignal: { prototype: infer Signal } }
  ? Signal
  : { readonly aborted: boolean }

/** The runtime's own `Response`, or the part that all have. */
export type PlatformResponse = typeof globalThis extends { Response: { prototype: infer Response } }
  ? Response
  : { readonly status: number }

/** The runtime's own `Request`, or the part that all have. */
export type PlatformRequest = typeof globalThis extends { Request: { prototype: infer Request } }
  ? Request
  : { readonly method: string; readonly url: string }
