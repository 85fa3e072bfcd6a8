// Explores what can happen when two processes receive one delivery: every order of their steps, up to a bound.
// The receivers and memoryStore are real. Time, the network, the handlers and crashes are choices of the explorer.
import { type DeliveryStore, memoryStore, type OutcomeRecord, type Receiver } from 'gallabox-webhooks'
import { createTestReceiver, delivery } from './test-receiver.js'

const leaseMs = 30
/** A third of the lease: a beat, and the most that a store call may take. */
const tickMs = leaseMs / 3
const handlerTimeoutMs = 15
const ttlMs = 1_000_000

/** How much may happen on one path. */
export interface Bounds {
  readonly ticks: number
  /** Lost requests and responses, late requests, stalls and crashes. */
  readonly faults: number
  readonly deliveries: number
}

/** Replaces a part of the library with what it was, to see whether the exploration finds the difference. */
export interface Variant {
  /** Whether claims are extended. */
  readonly heartbeat: boolean
  /** Whether a claim can be completed after its lease. */
  readonly lateComplete: boolean
}
export const currentBehavior: Variant = { heartbeat: true, lateComplete: true }

export interface Exploration {
  readonly states: number
  readonly transitions: number
  /** The number of different paths through the states. */
  readonly interleavings: bigint
  /** What went wrong, and the steps that led to it. */
  readonly violation: { readonly reason: string; readonly path: readonly string[] } | undefined
}

type Method = keyof DeliveryStore
type Result = Awaited<ReturnType<DeliveryStore[Method]>>

interface StoreRequest {
  readonly id: number
  readonly process: Process
  readonly method: Method
  readonly token: string | undefined
  readonly sentAt: number
  readonly call: (store: DeliveryStore) => Promise<Result>
  result: Result | undefined
  readonly resolve: (result: never) => void
  readonly reject: (error: Error) => void
}

interface Run {
  readonly token: string
  readonly signal: { readonly aborted: boolean }
  state: 'running' | 'succeeded' | 'failed' | 'crashed'
  end(error?: Error): void
  /** Extensions in a row that did not reach the store in time. */
  missed: number
  /** The process did not reach the store once per lease. */
  isExcused: boolean
}

interface Process {
  readonly name: string
  readonly receiver: Receiver
  readonly records: readonly OutcomeRecord[]
  readonly runs: Run[]
  isAlive: boolean
  isStalled: boolean
  isReceiving: boolean
  hasStalled: boolean
  deliveries: number
  claimedToken: string
  lostClaims: number
}

interface Timer {
  readonly at: number
  readonly process: Process
  readonly fire: () => void
  readonly isTimeout: boolean
}

const signed = delivery()
const { setImmediate: nextTurn, setTimeout, clearTimeout, clearImmediate } = globalThis
const dateNow = Date.now

/** Two receivers, their store and everything that is on its way between them. */
class World {
  violation: string | undefined
  readonly #bounds: Bounds
  readonly #variant: Variant
  #clock = 0
  #ticks = 0
  #faults = 0
  #nextId = 1
  #active!: Process
  readonly #processes: Process[] = []
  readonly #timers = new Map<number, Timer>()
  readonly #requests = new Map<number, StoreRequest>()
  readonly #store = memoryStore({ now: () => this.#clock })
  // The small model of the store: who holds the key, and until when.
  #holder: string | 'done' | undefined
  #heldUntil = 0

  constructor(bounds: Bounds, variant: Variant) {
    this.#bounds = bounds
    this.#variant = variant
    for (const name of ['A', 'B']) this.#processes.push(this.#createProcess(name))
  }

  #createProcess(name: string): Process {
    const send = (method: Method, token: string | undefined, call: StoreRequest['call']) =>
      new Promise<never>((resolve, reject) => {
        const id = this.#nextId++
        this.#requests.set(id, {
          ...{ id, process, method, token, sentAt: this.#clock, call, result: undefined, resolve, reject },
        })
      })
    const store: DeliveryStore = {
      claim: (key, options) => send('claim', undefined, (real) => real.claim(key, options)),
      extend: async (key, token, options) =>
        !this.#variant.heartbeat || send('extend', token, (real) => real.extend(key, token, options)),
      complete: (key, token, options) => send('complete', token, (real) => real.complete(key, token, options)),
      release: (key, token) => send('release', token, (real) => real.release(key, token)),
    }
    const { receiver, outcomes } = createTestReceiver({
      idempotency: { store, leaseMs, ttlMs, key: () => 'key' },
      handlerTimeoutMs,
      onEvent: (_event, { signal }) => this.#start(process, signal),
    })
    const process: Process = {
      ...{ name, receiver, records: outcomes, runs: [], isAlive: true, isStalled: false, isReceiving: false },
      ...{ hasStalled: false, deliveries: 0, claimedToken: '', lostClaims: 0 },
    }
    return process
  }

  #start(process: Process, signal: Run['signal']): Promise<void> {
    const isExcused = process.hasStalled
    const others = this.#processes.flatMap(({ runs }) => runs).filter(({ state }) => state === 'running')
    if (others.some((run) => !run.isExcused) && !isExcused) this.violation ??= 'two runs at once'
    if (this.#holder === 'done' && this.#heldUntil > this.#clock && !isExcused) {
      this.violation ??= 'a run after a recorded success'
    }
    return new Promise((resolve, reject) => {
      const end = (error?: Error) => (error ? reject(error) : resolve())
      process.runs.push({ token: process.claimedToken, signal, state: 'running', end, missed: 0, isExcused })
    })
  }

  /** Everything that can happen next. */
  actions(): string[] {
    const { ticks, faults, deliveries } = this.#bounds
    const mayFail = this.#faults < faults
    const requests = [...this.#requests.values()]
    const found: string[] = []
    for (const { name, isAlive, isStalled, isReceiving, deliveries: received, runs } of this.#processes) {
      if (!isAlive) continue
      if (isStalled) {
        found.push(`wake ${name}`)
        continue
      }
      // B is like A, so A begins.
      const mayReceive = name === 'A' || (this.#processes[0]?.deliveries ?? 0) > 0
      if (mayReceive && !isReceiving && received < deliveries) found.push(`deliver ${name}`)
      if (runs.some(({ state }) => state === 'running')) found.push(`succeed ${name}`, `fail ${name}`)
      if (mayFail && received > 0) found.push(`crash ${name}`, `stall ${name}`)
    }
    for (const { id, result, process } of requests) {
      if (result === undefined) {
        found.push(`call ${id}`)
        if (mayFail && process.isAlive) found.push(`delay ${id}`)
        if (mayFail && process.isAlive && !process.isStalled) found.push(`lose ${id}`)
      } else if (!process.isStalled) {
        found.push(`respond ${id}`)
        if (mayFail) found.push(`lose ${id}`)
      }
    }
    const isLate = requests.some((request) => this.#mustArrive(request))
    if (this.#ticks < ticks && (!isLate || mayFail)) found.push('tick')
    return found
  }

  #mustArrive({ process, result }: StoreRequest): boolean {
    return result === undefined && process.isAlive && !process.isStalled
  }

  async step(action: string): Promise<void> {
    const [verb, subject = ''] = action.split(' ')
    const request = this.#requests.get(Number(subject)) as StoreRequest
    const process = this.#processes.find(({ name }) => name === subject) ?? request?.process
    current = this
    this.#active = process
    switch (verb) {
      case 'deliver':
        process.deliveries++
        process.isReceiving = true
        process.hasStalled = false
        void process.receiver.receive(signed).then(() => {
          process.isReceiving = false
        })
        break
      case 'succeed':
      case 'fail':
        this.#endRun(process, verb)
        break
      case 'crash':
        this.#faults++
        this.#crash(process)
        break
      case 'stall':
        this.#faults++
        process.isStalled = true
        break
      case 'wake':
        process.isStalled = false
        await this.#advance(0)
        break
      // A response that arrives at once, or later. In between, only the clock makes a difference.
      case 'call':
        await this.#apply(request)
        if (process.isAlive && !process.isStalled) this.#respond(request)
        break
      case 'delay':
        this.#faults++
        await this.#apply(request)
        break
      case 'respond':
        this.#respond(request)
        break
      case 'lose':
        this.#faults++
        if (request.result === undefined) this.#miss(request)
        this.#requests.delete(request.id)
        request.reject(new Error('connection lost'))
        break
      case 'tick':
        this.#ticks++
        if ([...this.#requests.values()].some((each) => this.#mustArrive(each))) this.#faults++
        for (const each of this.#requests.values()) if (this.#mustArrive(each)) this.#miss(each)
        for (const stalled of this.#processes.filter(({ isStalled }) => isStalled)) {
          stalled.hasStalled = true
          for (const run of stalled.runs) run.isExcused = true
        }
        await this.#advance(tickMs)
        break
    }
    await new Promise((resolve) => nextTurn(resolve))
  }

  #endRun(process: Process, verb: 'succeed' | 'fail'): void {
    const run = process.runs.find(({ state }) => state === 'running') as Run
    run.state = verb === 'succeed' ? 'succeeded' : 'failed'
    run.end(verb === 'fail' ? new Error('the handler fails') : undefined)
  }

  /** Ends a process. What it sent may still arrive. */
  #crash(process: Process): void {
    process.isAlive = false
    for (const run of process.runs) if (run.state === 'running') run.state = 'crashed'
    for (const [id, timer] of this.#timers) if (timer.process === process) this.#timers.delete(id)
    for (const [id, each] of this.#requests) {
      if (each.process === process && each.result !== undefined) this.#requests.delete(id)
    }
  }

  #miss({ process, method, token }: StoreRequest): void {
    const run = process.runs.find((each) => each.token === token)
    if (method !== 'extend' || !run) return
    run.missed++
    // One of two attempts in a lease must arrive.
    if (run.missed > 1) run.isExcused = true
  }

  async #apply(request: StoreRequest): Promise<void> {
    const { method, token, process } = request
    const isFree = this.#holder === undefined || this.#heldUntil <= this.#clock
    const isHeld = !isFree && this.#holder === token
    const isRefused = method === 'complete' && !this.#variant.lateComplete && !isHeld
    const result = isRefused ? false : await request.call(this.#store)
    const state = typeof result === 'object' ? result.state : result
    const expected =
      method === 'claim'
        ? isFree
          ? 'claimed'
          : this.#holder === 'done'
            ? 'done'
            : 'in-progress'
        : isHeld || (isFree && method !== 'release')
    if (state !== expected && this.#variant === currentBehavior)
      this.violation ??= `${method}: ${state}, not ${expected}`
    if (expected === 'claimed') this.#hold((result as { token: string }).token, leaseMs)
    if (expected === true && method === 'extend') this.#hold(token, leaseMs)
    if (expected === true && method === 'complete') this.#hold('done', ttlMs)
    if (expected === true && method === 'release') this.#hold(undefined, 0)
    if (method === 'extend') for (const run of process.runs) if (run.token === token) run.missed = 0
    if (process.isAlive) request.result = result
    else this.#requests.delete(request.id)
  }

  #hold(holder: string | undefined, ms: number): void {
    this.#holder = holder
    this.#heldUntil = this.#clock + ms
  }

  #respond({ id, process, method, result, sentAt, resolve }: StoreRequest): void {
    this.#requests.delete(id)
    if (typeof result === 'object' && result.state === 'claimed') process.claimedToken = result.token
    if (method === 'extend' && result === false && this.#clock - sentAt < tickMs) process.lostClaims++
    resolve(result as never)
  }

  /** Moves the clock and fires the timers that are due, in order. */
  async #advance(ms: number): Promise<void> {
    const end = this.#clock + ms
    for (;;) {
      const due = [...this.#timers]
        .filter(([, { at, process }]) => at <= end && process.isAlive && !process.isStalled)
        .sort(([a, first], [b, second]) => first.at - second.at || a - b)[0]
      if (!due) break
      const [id, timer] = due
      this.#timers.delete(id)
      this.#clock = Math.max(this.#clock, timer.at)
      this.#active = timer.process
      timer.fire()
      await new Promise((resolve) => nextTurn(resolve))
    }
    this.#clock = end
  }

  /** Ends everything that is under way. Then one lease later, a delivery must be handled, or have been handled. */
  async settle(): Promise<void> {
    for (const { name, isStalled } of this.#processes) if (isStalled) await this.step(`wake ${name}`)
    await this.#respondToAll()
    for (const { name, isAlive, runs } of this.#processes) {
      for (const { state } of runs) if (isAlive && state === 'running') await this.step(`succeed ${name}`)
    }
    for (let ms = 0; ms <= leaseMs; ms += tickMs) {
      await this.#respondToAll()
      await this.#advance(tickMs)
    }
    const late = this.#createProcess('C')
    this.#processes.push(late)
    await this.step('deliver C')
    await this.#respondToAll()
    if (late.runs.length > 0) await this.step('succeed C')
    await this.#respondToAll()
    const code = late.records[0]?.code
    const successes = this.#processes.flatMap(({ runs }) => runs).filter(({ state }) => state === 'succeeded')
    if (code !== 'handled' && (code !== 'duplicate' || successes.length === 0)) {
      this.violation ??= `a lost delivery: ${code} after one lease`
    }
    for (const process of this.#processes) this.#checkRecords(process)
  }

  async #respondToAll(): Promise<void> {
    for (;;) {
      const [request] = this.#requests.values()
      if (!request) return
      await this.step(`${request.result === undefined ? 'call' : 'respond'} ${request.id}`)
    }
  }

  /** A 200 means a success. A lost claim aborts the signal, and is reported once. */
  #checkRecords({ isAlive, records, runs, lostClaims }: Process): void {
    const handled = records.filter(({ code }) => code === 'handled').length
    const succeeded = runs.filter(({ state }) => state === 'succeeded').length
    if (handled > succeeded) this.violation ??= 'handled without a success'
    if (!isAlive) return
    const reported = records.filter(({ storeError }) => (storeError as Error | undefined)?.name === 'ClaimLostError')
    if (reported.length < lostClaims) this.violation ??= 'a lost claim that is not reported'
    if (reported.length > runs.length) this.violation ??= 'a lost claim that is reported twice'
    if (runs.filter(({ signal }) => signal.aborted).length < lostClaims) this.violation ??= 'a signal not aborted'
  }

  /** Whether nothing is on its way. */
  isQuiet(): boolean {
    return this.#requests.size === 0
  }

  /** Equal for worlds in which the same can happen. */
  key(): string {
    const tokens: (string | undefined)[] = []
    const nameOf = (token: string | undefined) => {
      if (token === 'done' || token === undefined) return token
      if (!tokens.includes(token)) tokens.push(token)
      return tokens.indexOf(token)
    }
    const heldMs = this.#heldUntil - this.#clock
    const processes = this.#processes.map((process) => [
      [process.isAlive, process.isStalled, process.hasStalled, process.isReceiving, process.deliveries],
      process.runs.map((run) => [nameOf(run.token), run.state, run.missed, run.isExcused, run.signal.aborted]),
      [process.lostClaims, process.records.map(({ code, storeError }) => [code, storeError !== undefined])],
      [...this.#timers.values()]
        .filter((timer) => timer.process === process)
        .map(({ at, isTimeout }) => [at - this.#clock, isTimeout]),
      [...this.#requests.values()]
        .filter((request) => request.process === process)
        .map(({ method, token, result, sentAt }) => [
          ...[method, nameOf(token), Math.min(this.#clock - sentAt, leaseMs)],
          typeof result === 'object' ? [result.state, nameOf((result as { token?: string }).token)] : result,
        ]),
    ])
    const store = heldMs > 0 ? [nameOf(this.#holder), this.#holder === 'done' || heldMs] : 'free'
    return JSON.stringify([this.#ticks, this.#faults, store, processes])
  }

  now(): number {
    return this.#clock
  }
  setTimer(callback: (...args: unknown[]) => void, ms: number, ...args: unknown[]): number {
    const id = this.#nextId++
    const isTimeout = args.length > 0
    this.#timers.set(id, { at: this.#clock + ms, process: this.#active, fire: () => callback(...args), isTimeout })
    return id
  }
  clearTimer(id: number): void {
    this.#timers.delete(id)
  }
}

let current: World

/** Runs a function while the timers and the clock of this process are those of the current world. */
async function withWorldTime<T>(run: () => Promise<T>): Promise<T> {
  Object.assign(globalThis, {
    setTimeout: (...timer: Parameters<World['setTimer']>) => current.setTimer(...timer),
    clearTimeout: (id: number) => current.clearTimer(id),
    setImmediate: (callback: () => void) => callback(),
    clearImmediate: () => {},
  })
  Date.now = () => current.now()
  try {
    return await run()
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout, setImmediate: nextTurn, clearImmediate })
    Date.now = dateNow
  }
}

/** Explores every interleaving within the bounds. Stops at the first violation. */
export function explore(bounds: Bounds, variant: Variant = currentBehavior): Promise<Exploration> {
  const paths = new Map<string, bigint>()
  let transitions = 0
  let violation: Exploration['violation']

  async function replay(path: readonly string[]): Promise<World> {
    const world = new World(bounds, variant)
    current = world
    for (const action of path) await world.step(action)
    return world
  }

  function check(world: World, path: readonly string[]): boolean {
    if (world.violation) violation ??= { reason: world.violation, path }
    return violation === undefined
  }

  /** Returns the number of paths from a state to an end. */
  async function visit(world: World, path: readonly string[]): Promise<bigint> {
    const key = world.key()
    const known = paths.get(key)
    if (known !== undefined) return known
    let count = 0n
    const actions = world.actions()
    const mustSettle = world.isQuiet()
    for (const [index, action] of actions.entries()) {
      transitions++
      const isLast = index === actions.length - 1 && !mustSettle
      const next = isLast ? world : await replay(path)
      await next.step(action)
      const nextPath = [...path, action]
      if (!check(next, nextPath)) return count
      count += await visit(next, nextPath)
      if (violation) return count
    }
    if (mustSettle) {
      current = world
      await world.settle()
      check(world, [...path, 'settle'])
    }
    paths.set(key, count || 1n)
    return count || 1n
  }

  return withWorldTime(async () => {
    const interleavings = await visit(await replay([]), [])
    return { states: paths.size, transitions, interleavings, violation }
  })
}
