import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { type RawBody, verifySignature, verifySignatureAsync } from 'gallabox-webhooks'
import { signBody } from 'gallabox-webhooks/testing'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { badSecrets } from '../support/bad-secrets.js'

const body = '{"text":"₹80.00 🪔"}'
const secret = 'whsec_Jg8mZ2vQ'
const digest = createHmac('sha256', secret).update(body).digest()
const signature = digest.toString('base64')
const hexSignature = digest.toString('hex')

type Verify = (...args: Parameters<typeof verifySignature>) => boolean | Promise<boolean>

// Every implementation: node:crypto, its asynchronous version, and WebCrypto only.
const implementations: readonly (readonly [name: string, load: () => Promise<Verify>])[] = [
  ['verifySignature', async () => verifySignature],
  ['verifySignatureAsync', async () => verifySignatureAsync],
  [
    'verifySignatureAsync when node:crypto has no one-shot hash',
    async () => {
      vi.resetModules()
      const { getBuiltinModule } = process
      vi.spyOn(process, 'getBuiltinModule').mockImplementation(
        (id: string) => ({ ...(getBuiltinModule(id) as object), hash: undefined }) as never,
      )
      return (await import('gallabox-webhooks')).verifySignatureAsync
    },
  ],
  [
    'verifySignatureAsync on WebCrypto',
    async () => {
      vi.resetModules()
      vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
      return (await import('gallabox-webhooks')).verifySignatureAsync
    },
  ],
]
afterEach(() => vi.restoreAllMocks())

describe.each(implementations)('%s', (_name, load) => {
  let verify: Verify
  beforeEach(async () => {
    verify = await load()
  })

  // https://www.rfc-editor.org/rfc/rfc4231, test cases 1 to 4, 6 and 7 (5 is about truncation).
  test.each([
    ['0b'.repeat(20), hex('Hi There'), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      hex('Jefe'),
      hex('what do ya want for nothing?'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
    [
      '0102030405060708090a0b0c0d0e0f10111213141516171819',
      'cd'.repeat(50),
      '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
    ],
    [
      'aa'.repeat(131),
      hex('Test Using Larger Than Block-Size Key - Hash Key First'),
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
    [
      'aa'.repeat(131),
      hex(
        'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.',
      ),
      '9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2',
    ],
  ])('accepts the MAC of RFC 4231 with key %s and rejects another', async (key, data, mac) => {
    const [secretBytes, bytes] = [Buffer.from(key, 'hex'), Buffer.from(data, 'hex')]
    expect(await verify(bytes, mac, secretBytes)).toBe(true)
    expect(await verify(bytes, Buffer.from(mac, 'hex').toString('base64'), secretBytes)).toBe(true)
    expect(
      await verify(
        bytes,
        mac.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
        secretBytes,
      ),
    ).toBe(false)
  })

  test.skipIf(process.platform === 'win32')('accepts a signature of openssl in base64 and in hex', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gallabox-webhooks-'))
    try {
      const file = join(folder, 'body.json')
      writeFileSync(file, body)
      const command = `openssl dgst -sha256 -hmac '${secret}'`
      const base64 = execFileSync('sh', ['-c', `${command} -binary '${file}' | base64`], { encoding: 'utf8' }).trim()
      const hexDigest = execFileSync('sh', ['-c', `${command} -r '${file}'`], { encoding: 'utf8' }).split(' ')[0]
      expect(await verify(body, base64, secret)).toBe(true)
      expect(await verify(body, hexDigest, secret)).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test.each<[string, RawBody]>([
    ['a string', body],
    ['a Buffer', Buffer.from(body)],
    [
      'a view with an offset',
      new Uint8Array(new Uint8Array([1, 2, ...Buffer.from(body), 3]).buffer, 2, Buffer.byteLength(body)),
    ],
    ['a DataView', new DataView(Uint8Array.from(Buffer.from(body)).buffer)],
    ['an ArrayBuffer', Uint8Array.from(Buffer.from(body)).buffer],
    [
      'an ArrayBuffer of another realm',
      runInNewContext('Uint8Array.from(bytes).buffer', { bytes: [...Buffer.from(body)] }),
    ],
    ['a Uint8Array of another realm', runInNewContext('Uint8Array.from(bytes)', { bytes: [...Buffer.from(body)] })],
  ])('accepts a body that is %s', async (_title, rawBody) => {
    expect(await verify(rawBody, signature, secret)).toBe(true)
    expect(await verify(rawBody, hexSignature, secret)).toBe(true)
  })

  test.each([
    ['a parsed object', JSON.parse(body)],
    ['undefined', undefined],
    ['null', null],
    ['a number', 1],
    ['an array', [1]],
  ])('throws a TypeError with the fix when the body is %s', async (_title, rawBody) => {
    await expect((async () => verify(rawBody as never, signature, secret))()).rejects.toThrow(
      /^rawBody: must be a string or bytes, got \w+\. Pass the body as received/,
    )
    await expect((async () => verify(rawBody as never, signature, secret))()).rejects.toThrow(TypeError)
  })

  const invalidSignatures: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['null', null],
    ['empty', ''],
    ['blank', ' '],
    ['an empty array', []],
    ['an array of two', [signature, signature]],
    ['an array in an array', [[signature]]],
    ['a number', 44],
    ['an object', { toString: () => signature }],
    ['1 MB long', 'A'.repeat(1e6)],
    ['44 non-ASCII characters', '₹'.repeat(44)],
    ['64 characters that are not hex', 'g'.repeat(64)],
    ['base64url', Buffer.alloc(32, 0xfb).toString('base64url').padEnd(44, '=')],
    ['unpadded', signature.slice(0, 43)],
    ['broken by a newline', `${signature.slice(0, 20)}\n${signature.slice(21)}`],
    ['followed by a newline', `${signature}\n`],
    ['hex, followed by a newline', `${hexSignature}\n`],
    ['preceded by a space', ` ${signature}`],
    ['broken by a surrogate', `${signature.slice(0, 43)}\ud800`],
    ['broken by a NUL', `${signature.slice(0, 43)}\0`],
    ['one character too long', `${signature}A`],
    ['one hex digit too long', `${hexSignature}0`],
    ['all zero', Buffer.alloc(32).toString('base64')],
    ['all zero in hex', '0'.repeat(64)],
    ['all 0xFF', Buffer.alloc(32, 255).toString('base64')],
    ['all 0xFF in hex', 'f'.repeat(64)],
    ['prefixed', `sha256=${hexSignature}`],
    ['prefixed base64', `sha256=${signature}`],
    ['of another body', signBody(`${body} `, secret)],
    ['of another secret', signBody(body, 'another')],
    ['of the body serialized again', signBody(JSON.stringify(JSON.parse(body), null, 1), secret)],
    ['an HMAC-SHA1', createHmac('sha1', secret).update(body).digest('base64')],
    ['an HMAC-SHA512', createHmac('sha512', secret).update(body).digest('hex')],
    ['a non-canonical encoding of the same bytes', nonCanonical(signature)],
  ]
  test.each(invalidSignatures)(
    'returns false without an exception when the signature is %s',
    async (_title, forged) => {
      expect(await verify(body, forged as string, secret)).toBe(false)
    },
  )

  test('returns false for every proper prefix of the signature', async () => {
    for (const complete of [signature, hexSignature]) {
      for (let length = 0; length < complete.length; length++) {
        expect(await verify(body, complete.slice(0, length), secret)).toBe(false)
      }
    }
  })

  test('accepts a header that is a list of one value, and no longer list', async () => {
    expect(await verify(body, [signature], secret)).toBe(true)
    expect(await verify(body, [signature, signature], secret)).toBe(false)
  })

  test.each(['undefined behavior', 'nullable', '[object Object] 2', 'a U2FsdGVkX1'])(
    'accepts the secret %j, which only contains an invalid one',
    async (valid) => {
      expect(await verify(body, signBody(body, valid), valid)).toBe(true)
    },
  )

  test('accepts hex in upper case', async () => {
    expect(await verify(body, hexSignature.toUpperCase(), secret)).toBe(true)
  })

  test('accepts the signature of any secret in a list', async () => {
    expect(await verify(body, signature, [secret, 'new'])).toBe(true)
    expect(await verify(body, signature, ['new', secret])).toBe(true)
    expect(await verify(body, signature, ['new', Buffer.from(secret), 'newer'])).toBe(true)
    expect(await verify(body, signature, ['new', 'newer'])).toBe(false)
  })

  test('does not trim the secret', async () => {
    expect(await verify(body, signBody(body, `${secret}\n`), `${secret}\n`)).toBe(true)
    expect(await verify(body, signBody(body, secret), `${secret}\n`)).toBe(false)
  })

  test.each(badSecrets)(
    'throws a TypeError when the secret is %s, also when the signature is malformed',
    async (_title, badSecret) => {
      for (const value of [signature, '', undefined]) {
        await expect((async () => verify(body, value, badSecret as never))()).rejects.toThrow(TypeError)
      }
    },
  )

  test('puts no secret into an error', async () => {
    const error = await (async () => verify(body, signature, ['good one', 'U2FsdGVkX1+very+secret']))().catch(
      (caught) => caught,
    )
    expect(error).toBeInstanceOf(TypeError)
    expect(`${error.message}${error.stack}`).not.toMatch(/good one|very/)
  })
})

test('verifySignature throws an error that names verifySignatureAsync when node:crypto is missing', async () => {
  vi.resetModules()
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
  const { verifySignature: verify } = await import('gallabox-webhooks')
  expect(() => verify(body, signature, secret)).toThrow(TypeError)
  expect(() => verify(body, signature, secret)).toThrow(/verifySignatureAsync/)
})

describe('properties', () => {
  // HMAC pads keys with zeros, so a key of zeros equals the empty key.
  const isBlank = (k: Uint8Array) => Buffer.from(k).toString().replaceAll('\0', '').trim() === ''
  const bytes = fc.uint8Array({ maxLength: 2000 })
  const key = fc.uint8Array({ minLength: 1, maxLength: 200 }).filter((k) => !isBlank(k))

  test('accepts the signature of any bytes', () => {
    fc.assert(
      fc.property(bytes, key, fc.constantFrom('base64' as const, 'hex' as const), (message, k, encoding) =>
        verifySignature(message, signBody(message, k, encoding), k),
      ),
    )
  })

  // A receiver prepares its keys once, and verifies short bodies with other code than long ones.
  test('accepts the digest of createHmac for bodies of any length', async () => {
    const lengths = fc.oneof(fc.nat({ max: 300 }), fc.constantFrom(16_383, 16_384, 16_385, 40_000))
    const keys = fc.oneof(
      key,
      fc.constantFrom(63, 64, 65).map((length) => new Uint8Array(length).fill(0xa5)),
    )
    await fc.assert(
      fc.asyncProperty(lengths, fc.integer({ min: 0, max: 255 }), keys, async (length, byte, k) => {
        const message = new Uint8Array(length).fill(byte)
        const mac = createHmac('sha256', k).update(message).digest()
        return (
          (await verifySignatureAsync(message, mac.toString('base64'), k)) &&
          (await verifySignatureAsync(message, mac.toString('hex'), k)) &&
          !(await verifySignatureAsync(message, createHmac('sha256', k).update('another').digest('hex'), k))
        )
      }),
    )
  })

  test('returns false when a bit of body, signature or secret is flipped', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1 }),
        key,
        fc.nat(),
        fc.constantFrom('body', 'signature', 'secret'),
        (message, k, position, part) => {
          const validSignature = Buffer.from(signBody(message, k), 'base64')
          const flipped = { body: message.slice(), signature: Uint8Array.from(validSignature), secret: k.slice() }
          const target = flipped[part as keyof typeof flipped]
          const bit = position % (target.length * 8)
          target[bit >> 3] = (target[bit >> 3] as number) ^ (1 << (bit & 7))
          fc.pre(!isBlank(flipped.secret))
          // RFC 2104 pads a short key with zeros, so zeros at its end change nothing.
          fc.pre(part !== 'secret' || !isZeroPadding(k, flipped.secret))
          return !verifySignature(flipped.body, Buffer.from(flipped.signature).toString('base64'), flipped.secret)
        },
      ),
    )
  })

  test('returns a boolean for any signature', () => {
    fc.assert(fc.property(fc.anything(), (value) => typeof verifySignature(body, value as never, secret) === 'boolean'))
  })

  test('does not modify its inputs', () => {
    fc.assert(
      fc.property(bytes, key, (message, k) => {
        const copies = [message.slice(), k.slice()]
        verifySignature(message, signBody(message, k), [k])
        expect([message, k]).toEqual(copies)
      }),
    )
  })
})

function hex(text: string): string {
  return Buffer.from(text).toString('hex')
}

/** Sets one of the two unused bits of the last character. */
function nonCanonical(base64: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const last = alphabet[alphabet.indexOf(base64.charAt(42)) + 1] as string
  return `${base64.slice(0, 42)}${last}=`
}

function isZeroPadding(a: Uint8Array, b: Uint8Array): boolean {
  const strip = (bytes: Uint8Array) =>
    Buffer.from(bytes)
      .toString('hex')
      .replace(/(00)+$/, '')
  return strip(a) === strip(b)
}
