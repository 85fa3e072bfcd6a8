// TS2322
import type { GallaboxEvent } from 'gallabox-webhooks'

export function forgetful(event: GallaboxEvent): void {
  if (event.type === 'unrecognized') return
  const forgotten: never = event
  void forgotten
}
