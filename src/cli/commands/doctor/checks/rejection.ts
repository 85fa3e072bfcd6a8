// A correct receiver rejects unsigned, changed and forged deliveries.
import { signatureHeader } from '../../../../signature/verify-signature.js'
import { notedResult, passedResult, type ReceiverCheck, rateLimitedResult } from '../check.js'
import { type LabeledRequest, rejectionCheck } from '../check-builders.js'
import { classifyResponse, describeResponse } from '../classify-response.js'
import { computeSignature } from '../hashes.js'
import { messageBody } from '../sample-bodies.js'
import type { Target, TargetRequest } from '../target.js'
import { anyoneCanForge, forgedSignatureChecks, signRequest } from './forged-signatures.js'

const unsigned = rejectionCheck({
  id: 'unsigned',
  title: 'rejects a delivery without a signature',
  meaning: anyoneCanForge,
  hint: 'Respond with 401 if x-gallabox-signature is missing or empty, whatever else the request contains.',
  requests: ({ marker }) => [
    { label: 'JSON', body: messageBody(marker), signature: null },
    { label: 'an empty signature', body: messageBody(marker), signature: '' },
    { label: 'a blank signature', body: messageBody(marker), signature: ' ' },
  ],
})

const otherType = rejectionCheck({
  id: 'unsigned-other-type',
  title: 'rejects an unsigned delivery with another content type',
  requires: ['unsigned', 'wrong-secret'],
  meaning: `${anyoneCanForge} Only application/json is verified.`,
  hint: 'Verify before you look at Content-Type, or reject every other type.',
  requests: ({ marker }) =>
    ['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream'].flatMap((type) =>
      createUnverifiedRequests(type, { body: messageBody(marker), headers: [['content-type', type]] }),
    ),
})

const otherMethod = rejectionCheck({
  id: 'unsigned-other-method',
  title: 'rejects an unsigned delivery with another method',
  requires: ['unsigned', 'wrong-secret'],
  meaning: `${anyoneCanForge} Only POST is verified.`,
  hint: 'Verify every method, or respond with 405 to all methods but POST.',
  requests: ({ marker }) =>
    ['PUT', 'PATCH'].flatMap((method) => createUnverifiedRequests(method, { method, body: messageBody(marker) })),
})

/** Creates two requests. One has a wrong signature, for receivers that require a signature and do not verify it. */
function createUnverifiedRequests(label: string, request: TargetRequest): readonly LabeledRequest[] {
  return [
    { ...request, label, signature: null },
    { ...request, label: `${label}, wrong signature`, signature: computeSignature(request.body, 'another secret') },
  ]
}

const inQuery = rejectionCheck({
  id: 'signature-in-query',
  title: 'rejects a signature in the URL',
  requires: ['unsigned'],
  meaning: 'URLs are written to logs, and a signature from a log can be used again.',
  hint: 'Read the signature from the header x-gallabox-signature only.',
  requests: ({ marker, secret }) =>
    ['signature', signatureHeader].map((name) => {
      const body = messageBody(marker)
      return { label: `?${name}=`, body, signature: null, query: { [name]: computeSignature(body, secret) } }
    }),
})

const wrongSecret = rejectionCheck({
  id: 'wrong-secret',
  title: 'rejects a signature made with another secret',
  meaning: `${anyoneCanForge} The signature is not compared.`,
  hint: 'Compute the HMAC-SHA256 of the raw body with the secret. Respond with 401 if the header is different.',
  requests: (target) => [signRequest(undefined, target, (body) => computeSignature(body, 'another secret'))],
})

const tampered = rejectionCheck({
  id: 'tampered-body',
  title: 'rejects a body that was changed',
  requires: ['wrong-secret'],
  meaning: 'Anyone who has seen one delivery can change it.',
  hint: 'Hash every byte of the raw body, and compare.',
  requests(target) {
    const body = readFirstBody(target)
    const signature = computeSignature(body, target.secret)
    return [
      { label: 'at the start', body: changeDigit(body, body.search(/[0-9]/)), signature },
      { label: 'in the middle', body: body.replace('Sent by', 'Bent by'), signature },
      { label: 'at the end', body: changeDigit(body, body.search(/[0-9][^0-9]*$/)), signature },
    ]
  },
})

const otherBody = rejectionCheck({
  id: 'signature-of-another-body',
  title: 'rejects the signature of another body',
  requires: ['wrong-secret'],
  meaning: 'Anyone who has seen one delivery can forge others.',
  hint: 'Hash the body of the same request, and compare.',
  requests: (target) => [signRequest(undefined, target, () => computeSignature(readFirstBody(target), target.secret))],
})

const eventName: ReceiverCheck = {
  id: 'event-name',
  title: 'does not trust the event name, which is not signed',
  async run(target) {
    const response = await target.send({ event: 'Contact.Created', body: messageBody(target.marker) })
    const responseClass = classifyResponse(response)
    if (responseClass === 'rate-limited') return rateLimitedResult
    const observed = `a message named Contact.Created: ${describeResponse(response)}`
    if (responseClass !== 'accepted') return passedResult(observed)
    const meaning = 'Gallabox does not sign the name. Anyone who has a delivery can send it with another name.'
    const hint = 'If your code uses the name, check that the payload has the members of the named event.'
    return notedResult(observed, meaning, hint)
  },
}

/** Returns the body of the first delivery. It was accepted, otherwise no other check would run. */
function readFirstBody({ responses }: Target): string {
  return Buffer.from(responses[0]?.requestBody ?? '').toString()
}

function changeDigit(body: string, index: number): string {
  return body.slice(0, index) + (body[index] === '1' ? '2' : '1') + body.slice(index + 1)
}

export const rejectionChecks: readonly ReceiverCheck[] = [
  unsigned,
  wrongSecret,
  otherType,
  otherMethod,
  inQuery,
  tampered,
  otherBody,
  ...forgedSignatureChecks,
  eventName,
]
