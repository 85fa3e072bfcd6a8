// Errors of real connections, and what the command says about them.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer as createHttpsServer, type ServerOptions } from 'node:https'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { describeFailure } from '../../src/cli/shared/describe-failure.js'
import { sendRequest } from '../../src/cli/shared/http-client.js'
import { listen } from '../support/listen.js'
import { secret, startServer } from '../support/receiving.js'
import { temporaryFolder } from '../support/temporary-folder.js'

const certificates = join(import.meta.dirname, 'certificates')

function startHttpsServer(certificate: string, options: ServerOptions = {}): Promise<string> {
  const read = (extension: string) => readFileSync(join(certificates, `${certificate}.${extension}`))
  const server = createHttpsServer({ key: read('key'), cert: read('pem'), ...options }, (req, res) => {
    req.resume().on('end', () => res.end())
  })
  return listen(server, 'https')
}

function startRawServer(onData: (connection: Socket) => void): Promise<string> {
  const server = createServer((connection) => {
    connection.on('error', () => {}).on('data', () => onData(connection))
  })
  return listen(server as never)
}

function send(url: string) {
  return sendRequest({ url: new URL(url), method: 'POST', headers: [], body: Buffer.from('{}'), timeoutMs: 5000 })
}

describe('without a connection', () => {
  test('says that the server is not running', async () => {
    expect(await send('http://127.0.0.1:1/')).toEqual({
      status: null,
      code: 'ECONNREFUSED',
      reason: 'connection refused',
      hint: 'No server is listening on 127.0.0.1:1. Start it, or check the port.',
      ms: expect.any(Number),
    })
  })

  test('says that the host does not exist, without the credentials of the URL', async () => {
    const failure = await send('http://user:password@name.invalid/?token=1')
    expect(failure).toMatchObject({ reason: 'host not found' })
    expect(JSON.stringify(failure)).not.toMatch(/password|token/)
  })

  test.each(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'])('says that the host is unreachable: %s', (code) => {
    const error = Object.assign(new Error('connect'), { code })
    expect(describeFailure(error, new URL('http://10.255.255.1:81/'))).toEqual({
      reason: 'host unreachable',
      hint: 'Check the network and the firewall on the way to 10.255.255.1:81.',
    })
  })

  test('shows the code of any other error', () => {
    const error = Object.assign(new Error('secret bytes'), { code: 'EMFILE' })
    expect(describeFailure(error, new URL('http://localhost'))).toEqual({ reason: 'no response (EMFILE)' })
    expect(describeFailure(new Error('secret bytes'), new URL('http://localhost'))).toEqual({
      reason: 'no response (unknown)',
    })
  })
})

describe('with the wrong protocol', () => {
  test('says to use http where the server does not speak TLS', async () => {
    const { url } = await startServer()
    expect(await send(url.replace('http:', 'https:'))).toMatchObject({
      reason: 'the server does not speak TLS',
      hint: 'Use http:// instead of https://.',
    })
  })

  test('says to use http where the server closes the connection at the start of TLS', async () => {
    const url = await startRawServer((connection) => connection.destroy())
    expect(await send(url.replace('http:', 'https:'))).toMatchObject({
      reason: 'connection closed without a response',
      hint: 'If it expects plain HTTP, use http://.',
    })
  })

  test('says to use https where an HTTPS server gets plain HTTP', async () => {
    const url = await startHttpsServer('self-signed')
    expect(await send(url.replace('https:', 'http:'))).toMatchObject({
      reason: 'connection closed without a response',
      hint: 'If the server expects HTTPS, use https://.',
    })
  })
})

test('says that the TLS handshake failed where client and server have no cipher in common', async () => {
  // The key of the certificate is not an RSA key.
  const url = await startHttpsServer('valid', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' })
  expect(await send(url)).toMatchObject({ reason: expect.stringMatching(/^TLS handshake failed \(E\w+\)$/) })
})

describe('with a certificate', () => {
  const program = join(temporaryFolder(), 'cli.mjs')
  const entryPoints = [join(import.meta.dirname, '../../src/cli/bin.ts')]
  beforeAll(() => build({ entryPoints, outfile: program, bundle: true, platform: 'node', format: 'esm' }))

  /** Runs the command as a process, because Node.js reads NODE_EXTRA_CA_CERTS only at its start. */
  function sendTrusting(ca: string, url: string): Promise<{ code: number | null; stdout: string }> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [program, 'send', url], {
        env: { GALLABOX_WEBHOOK_SECRET: secret, NODE_EXTRA_CA_CERTS: join(certificates, ca) },
      })
      let stdout = ''
      child.stdout.on('data', (chunk) => {
        stdout += chunk
      })
      child.on('close', (code) => resolve({ code, stdout }))
    })
  }

  test.each([
    ['self-signed', 'self-signed.pem'],
    ['valid', 'ca.pem'],
  ])('says how to trust it, which then works: %s', async (certificate, ca) => {
    const url = await startHttpsServer(certificate)
    expect(await send(url)).toMatchObject({
      reason: 'the certificate is self-signed or of an unknown CA',
      hint: expect.stringContaining('Set NODE_EXTRA_CA_CERTS'),
    })
    expect(await sendTrusting(ca, url)).toMatchObject({ code: 0, stdout: expect.stringContaining('SUCCESS') })
  })

  test('says that it has expired', async () => {
    expect(await send(await startHttpsServer('expired'))).toMatchObject({
      reason: 'the certificate has expired',
      hint: expect.stringContaining('Renew the certificate of 127.0.0.1'),
    })
  })

  test('says that it is for another host', async () => {
    const { code, stdout } = await sendTrusting('ca.pem', await startHttpsServer('other-name'))
    expect(code).toBe(1)
    expect(stdout).toMatch(/The certificate is not for 127\.0\.0\.1\. Use a host name that the certificate contains/)
  })

  test('says that it is not valid yet', () => {
    const error = Object.assign(new Error('certificate is not yet valid'), { code: 'CERT_NOT_YET_VALID' })
    expect(describeFailure(error, new URL('https://localhost'))).toMatchObject({ hint: expect.stringMatching(/clock/) })
  })
})
