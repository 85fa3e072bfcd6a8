// The two commonest kinds of checks: requests that must all be taken, and requests that must all be refused.
// It must not know which requests those are.
import { messageBody } from './bodies.js'
import { type Check, type Finding, failed, passed, unknown } from './check.js'
import type { Attempt, Patient, Reply } from './patient.js'
import type { Mistake } from './tell-tales.js'

/** A request, and what tells it from the others of its check, if there are any. */
export interface Trial extends Attempt {
  readonly label?: string | undefined
}

type Advice = readonly [means: string, fix: string]

/** A check by requests of one kind. */
export interface TrialCheck {
  readonly id: string
  readonly title: string
  readonly after?: readonly string[]
  /** What it means, and what to change, where one of them is not answered as it should be. */
  readonly means: string
  readonly fix: string
  /** The same where one makes it throw, if that says more than that it does. */
  readonly crash?: Advice
  trials(patient: Patient): readonly Trial[]
  /** Finds out which mistake it is, where one is not taken. */
  readonly explain?: (patient: Patient, refused: Attempt, status: number | null) => Promise<Mistake | undefined>
}

/** What became of a request. */
export type Fate = 'taken' | 'redirected' | 'refused' | 'limited' | 'crashed' | 'silent'

export function fateOf({ status }: Reply): Fate {
  if (status === null) return 'silent'
  if (status < 300) return 'taken'
  if (status < 400) return 'redirected'
  if (status === 429) return 'limited'
  // 501 is no exception: it says that the method is not implemented, as Python's http.server does.
  return status < 500 || status === 501 ? 'refused' : 'crashed'
}

/** Says what came back. */
export function describeReply({ status, reason }: Reply): string {
  return status === null ? reason : `answered ${status}`
}

const crashed: Advice = [
  'A stranger can make it throw. What throws may also stop the process, or say too much.',
  'See its log for the exception, and answer 401 before anything can throw.',
]

const silent: Advice = [
  'A stranger can keep it busy, or make it drop the connection, with a request like this.',
  'See that each way through the code answers: 401 for what is not genuine.',
]

const redirected: Advice = [
  'A redirect says neither yes nor no, so it is not known what was checked.',
  'Answer 401 to what is not genuine.',
]

export const notAlive = 'It no longer works after that: one request is enough to stop it.'

export const limited: Finding = {
  ...unknown('answered 429', 'It limits how many requests may come. Lift that for this examination.'),
  unasked: true,
}

interface Outcome {
  readonly trial: Trial
  readonly reply: Reply
}

/** Makes a check of requests that must all be refused, with a status from 400 to 499. */
export function refusal({ id, title, after, means, fix, crash = crashed, trials }: TrialCheck): Check {
  return {
    id,
    title,
    after,
    async run(patient) {
      const outcomes = await sendAll(patient, trials(patient))
      const texts = { taken: [means, fix] as const, crashed: crash, silent, redirected }
      for (const fate of ['taken', 'crashed', 'silent', 'redirected'] as const) {
        const found = listThose(outcomes, (reply) => fateOf(reply) === fate)
        const [what, how] = texts[fate]
        if (found) return failed(found, what, how)
      }
      return ofLimited(outcomes) ?? passed(describeStatuses(outcomes))
    },
  }
}

/** Makes a check of requests that must all be taken, with a status from 200 to 299. */
export function acceptance({ id, title, after, means, fix, trials, explain }: TrialCheck): Check {
  return {
    id,
    title,
    after,
    async run(patient) {
      const outcomes = await sendAll(patient, trials(patient))
      const wrong = outcomes.filter(({ reply }) => fateOf(reply) !== 'taken' && fateOf(reply) !== 'limited')
      const [first] = wrong
      if (!first) return ofLimited(outcomes) ?? passed(describeStatuses(outcomes))
      const { trial, reply } = first
      const mistake = reply.status === null ? undefined : await explain?.(patient, trial, reply.status)
      const found = listThose(outcomes, (given) => wrong.some((one) => one.reply === given))
      if (mistake) return failed(found, mistake.means, mistake.fix)
      return failed(found, means, fateOf(reply) === 'crashed' ? `${fix} Its log has the exception.` : fix)
    },
  }
}

/** Makes a check of genuine requests that may be taken or refused, but must do no harm. */
export function endurance({ id, title, means, fix, trials }: TrialCheck): Check {
  return {
    id,
    title,
    async run(patient) {
      const outcomes = await sendAll(patient, trials(patient))
      const found = listThose(outcomes, (reply) => ['crashed', 'silent'].includes(fateOf(reply)))
      if (found) return failed(found, means, fix)
      const next = await patient.send({ body: messageBody(patient.marker) })
      if (fateOf(next) === 'limited') return limited
      if (fateOf(next) !== 'taken') return failed(`the next delivery: ${describeReply(next)}`, notAlive, fix)
      return passed(describeStatuses(outcomes))
    },
  }
}

async function sendAll(patient: Patient, trials: readonly Trial[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  for (const trial of trials) {
    const reply = await patient.send(trial)
    outcomes.push({ trial, reply })
    // Waiting as long for each of the others would tell nothing new.
    if (reply.status === null) break
  }
  return outcomes
}

function listThose(outcomes: readonly Outcome[], wanted: (reply: Reply) => boolean): string {
  const those = outcomes.filter(({ reply }) => wanted(reply))
  if (outcomes.every(({ trial }) => trial.label === undefined))
    return those.map(({ reply }) => describeReply(reply)).join('')
  const replies = [...new Set(those.map(({ reply }) => describeReply(reply)))]
  return replies.map((reply) => `${reply} to: ${labelsOf(those, reply)}`).join('; ')
}

function labelsOf(outcomes: readonly Outcome[], described: string): string {
  return outcomes.flatMap(({ trial, reply }) => (describeReply(reply) === described ? [trial.label] : [])).join(', ')
}

function describeStatuses(outcomes: readonly Outcome[]): string {
  return [...new Set(outcomes.map(({ reply }) => describeReply(reply)))].join(', ')
}

function ofLimited(outcomes: readonly Outcome[]): Finding | undefined {
  return outcomes.some(({ reply }) => fateOf(reply) === 'limited') ? limited : undefined
}
