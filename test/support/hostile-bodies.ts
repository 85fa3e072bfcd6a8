// Unverified bodies of 64 kB that are expensive to search for mistakes. Built by an attacker who has read the source.

const maxBytes = 65_536

/** Repeats a string between two others, up to 64 kB. */
function repeated(unit: string, start = '["', end = '"]'): string {
  return start + unit.repeat((maxBytes - start.length - end.length) / Buffer.byteLength(unit)) + end
}

/** Lists members or items between two brackets, up to 64 kB. */
function listed(start: string, createItem: (index: number) => string, end: string): string {
  let text = start
  let bytes = start.length + end.length
  for (let i = 0; ; i++) {
    const item = `${i === 0 ? '' : ','}${createItem(i)}`
    bytes += Buffer.byteLength(item)
    if (bytes > maxBytes) return text + end
    text += item
  }
}

/** Hides the depth from code that counts brackets inside strings too. */
function hiddenDepth(depth: number, item: string): string {
  return listed(`["${']'.repeat(depth)}",${'['.repeat(depth)}`, () => item, `${']'.repeat(depth)}]`)
}

function wideAndDeep(depth: number, item: string): string {
  return listed('['.repeat(depth), () => item, ']'.repeat(depth))
}

function differentCharacter(index: number): string {
  return String.fromCharCode(0x9000 - index)
}

// Where "b" comes before "a", the keys are not sorted, so the body is serialized twice.
const bodies: Readonly<Record<string, () => string>> = {
  'nesting hidden behind brackets in a string': () => hiddenDepth(3000, '1'),
  'nesting of 1000 levels hidden behind brackets': () => hiddenDepth(1000, '1'),
  'a list of empty lists below 3900 levels': () => wideAndDeep(3900, '[]'),
  'a list of empty objects below the largest depth': () => wideAndDeep(60, '{}'),
  'a list of numbers below 16 levels': () => wideAndDeep(16, '1'),
  'a list of one-digit numbers': () => wideAndDeep(1, '1'),
  'a list of empty lists': () => wideAndDeep(1, '[]'),
  '32 768 levels': () => '['.repeat(maxBytes / 2) + ']'.repeat(maxBytes / 2),
  'an object in an object in an object': () => `${'{"a":'.repeat(10_900)}1${'}'.repeat(10_900)}`,
  'only opening brackets': () => '['.repeat(maxBytes),
  'many keys': () => listed('{', (i) => `"${i.toString(36)}":1`, '}'),
  'many keys in reverse order, none of them ASCII': () => listed('{', (i) => `"${differentCharacter(i)}":1`, '}'),
  'many keys that must be escaped': () => listed('{', (i) => `"<é${i.toString(36)}/":1`, '}'),
  'many keys that are array indexes': () => listed('{', (i) => `"${99_999 - i}":1`, '}'),
  'many objects, each with other keys': () => listed('[', (i) => `{"b${i}":1,"a${i}":1}`, ']'),
  'many duplicate keys': () => listed('{', () => '"a":1', '}'),
  'many members named __proto__': () => listed('[', () => '{"__proto__":{"b":1,"a":1}}', ']'),
  'only slashes in a string': () => repeated('/'),
  'slashes and characters to escape': () => repeated('</é', '{"b":"', '","a":1}'),
  'only HTML characters in a string': () => repeated('<'),
  'U+2028 and letters in a string': () => repeated('\u2028a'),
  'non-ASCII and ASCII characters in turns': () => repeated('é<', '{"b":"', '","a":1}'),
  'emoji in a string': () => repeated('😀'),
  'escaped lone surrogates': () => repeated('\\ud800'),
  'escaped control characters': () => repeated('\\u0000'),
  'escaped letters': () => repeated('\\u0041'),
  'escaped quotes and brackets': () => repeated('\\"['),
  'numbers that grow when they are serialized': () => listed('{"b":[', () => '1e20', '],"a":1}'),
  'numbers that overflow': () => wideAndDeep(1, '1e400'),
  'a number of 65 534 digits': () => `[${'9'.repeat(maxBytes - 2)}]`,
  'only spaces': () => ' '.repeat(maxBytes),
  'spaces and letters in turns': () => ' a'.repeat(maxBytes / 2),
  'only line feeds': () => '\n'.repeat(maxBytes),
  'only NULs': () => '\0'.repeat(maxBytes),
  'base64 without an end': () => `${'A'.repeat(maxBytes - 1)}!`,
  'valid base64': () => 'A'.repeat(maxBytes),
  'characters at the end of the Windows-1252 table': () => 'Ÿ'.repeat(maxBytes / 2),
  'an error in the last character of JSON': () => `${wideAndDeep(1, '1').slice(0, -1)}x`,
}

/** The bodies by their title. Each is built when it is asked for. */
export const hostileBodies = Object.entries(bodies).map(([title, build]) => {
  return { title, build: () => Buffer.from(build()) }
})

/** A well-formed signature that matches no body. */
export const hostileHeaders = {
  'x-event-name': 'Message.Received',
  'x-gallabox-signature': Buffer.alloc(32, 7).toString('base64'),
}
