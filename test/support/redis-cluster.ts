import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Cluster, Redis } from 'ioredis'
import { createCluster } from 'redis'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A Redis cluster of one node. Needs the program redis-server. */
export class RedisCluster {
  readonly #folder = mkdtempSync(join(tmpdir(), 'redis-cluster-'))
  #server: ChildProcess | undefined
  #port = 0

  /** Starts the cluster. Rejects if redis-server is missing. */
  async start(): Promise<void> {
    this.#port = await freePort()
    const options = { port: this.#port, bind: '127.0.0.1', dir: this.#folder, save: '', 'cluster-enabled': 'yes' }
    const bus = { 'cluster-port': await freePort(), 'cluster-announce-ip': '127.0.0.1' }
    const args = Object.entries({ ...options, ...bus }).flatMap(([name, value]) => [`--${name}`, String(value)])
    this.#server = spawn('redis-server', args, { stdio: 'ignore' })
    await new Promise((resolve, reject) => this.#server?.once('spawn', resolve).once('error', reject))
    const client = new Redis(this.#port, '127.0.0.1')
    client.on('error', () => {})
    await client.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
    while (!String(await client.call('CLUSTER', 'INFO')).includes('cluster_state:ok')) {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    client.disconnect()
  }

  async connectNodeRedis() {
    const cluster = createCluster({ rootNodes: [{ url: `redis://127.0.0.1:${this.#port}` }] })
    cluster.on('error', () => {})
    return cluster.connect()
  }

  connectIoRedis(): Cluster {
    return new Cluster([{ host: '127.0.0.1', port: this.#port }])
  }

  stop(): void {
    this.#server?.kill('SIGKILL')
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
