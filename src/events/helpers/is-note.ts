import type { MessageBody } from '../message.js'

/** Checks whether a message is a private note between agents. */
export function isNote({ channelType, private: note, whatsapp }: MessageBody): boolean {
  if (channelType === 'private') return true
  return typeof note === 'object' && note !== null && !whatsapp
}
