import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { type RedisConfigNodejs, Redis as UpstashRedis } from '@upstash/redis'
import { createClient as createVercelKv } from '@vercel/kv'
import type { Redis } from 'ioredis'
import { connectIoRedis } from './servers.js'

const token = 'test'

/** Connects to a bridge of this file. */
export function connectUpstash(url: string, options: Partial<RedisConfigNodejs> = {}): UpstashRedis {
  return new UpstashRedis({ url, token, ...options })
}

export function connectVercelKv(url: string) {
  return createVercelKv({ url, token })
}

/** Upstash's REST protocol in front of the local Redis: https://upstash.com/docs/redis/features/restapi. */
export class UpstashBridge {
  #redis: Redis | undefined
  readonly #server: Server

  constructor() {
    this.#server = createServer(async (request, response) => {
      const respond = (status: number, body: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }
      if (request.headers.authorization !== `Bearer ${token}`) return respond(401, { error: 'Unauthorized' })
      const isBase64 = request.headers['upstash-encoding'] === 'base64'
      const body = await json(request)
      if (request.url === '/pipeline') {
        const results = (body as string[][]).map((command) => this.#run(command, isBase64))
        return respond(200, await Promise.all(results))
      }
      const result = await this.#run(body as string[], isBase64)
      respond('error' in result ? 400 : 200, result)
    })
  }

  /** Starts the bridge and returns its URL. */
  async start(): Promise<string> {
    this.#redis = connectIoRedis()
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
    this.#redis?.disconnect()
  }

  async #run([command = '', ...args]: readonly string[], isBase64: boolean) {
    try {
      const result = await this.#redis?.call(command, ...args)
      return { result: isBase64 ? encodeStrings(result) : result }
    } catch (error) {
      return { error: (error as Error).message }
    }
  }
}

/** Encodes each string but OK, as Upstash does. */
function encodeStrings(result: unknown): unknown {
  if (Array.isArray(result)) return result.map(encodeStrings)
  return typeof result === 'string' && result !== 'OK' ? Buffer.from(result).toString('base64') : result
}
