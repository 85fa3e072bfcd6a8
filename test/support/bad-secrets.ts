// Everything that must never count as a secret, whoever asks for one.
export const badSecrets: readonly (readonly [title: string, secret: unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['empty', ''],
  ['a space', ' '],
  ['a newline', '\n'],
  ['empty bytes', new Uint8Array(0)],
  ['blank bytes', Uint8Array.of(32, 32)],
  // HMAC pads its key with zeros: anyone could sign.
  ['zeros', '\0\0'],
  ['a buffer that nobody filled', Buffer.alloc(32)],
  ['an empty list', []],
  ['a list with an empty entry', ['']],
  ['a list with an empty entry after a good one', ['good', '']],
  ['a list with an undefined entry', ['good', undefined]],
  ['the encrypted form of the REST API', 'U2FsdGVkX1+abcdefghijklmnop'],
  ['the encrypted form, pasted with a space', ' U2FsdGVkX1+abcdefghijklmnop'],
  ['the encrypted form as bytes', new Uint8Array(Buffer.from('U2FsdGVkX1+abcdefghijklmnop'))],
  ['a number', 42],
  ['an object', {}],
  ['a Uint16Array', new Uint16Array([1, 2])],
]
