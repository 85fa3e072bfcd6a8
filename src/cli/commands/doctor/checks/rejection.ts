// A correct receiver rejects unsigned, changed and forged deliveries.
import type { ReceiverCheck } from '../check.js'
import { type LabeledRequest, rejectionCheck } from '../check-builders.js'
import { messageBody } from '../sample-bodies.js'
import type { Target, TargetRequest } from '../target.js'
import { anyoneCanForge, forgedSignatureChecks, signRequest } from './forged-signatures.js'

const unsigned = rejectionCheck({
  id: 'unsigned',
  title: 'rejects a delivery without a signature',
  cause: anyoneCanForge,
  fix: 'Respond with 401 if x-gallabox-signature is missing or empty, whatever else the request contains.',
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
  cause: `${anyoneCanForge} Only application/json is verified.`,
  fix: 'Verify before you look at Content-Type, or reject every other type.',
  requests: (target) =>
    ['text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream'].flatMap((type) =>
      createUnverifiedRequests(target, type, {
        body: messageBody(target.marker),
        headers: [['content-type', type]],
      }),
    ),
})

const otherMethod = rejectionCheck({
  id: 'unsigned-other-method',
  title: 'rejects an unsigned delivery with another method',
  requires: ['unsigned', 'wrong-secret'],
  cause: `${anyoneCanForge} Only POST is verified.`,
  fix: 'Verify every method, or respond with 405 to all methods but POST.',
  requests: (target) =>
    ['PUT', 'PATCH'].flatMap((method) =>
      createUnverifiedRequests(target, method, { method, body: messageBody(target.marker) }),
    ),
})

/** Creates two requests. One has a wrong signature, for receivers that require a signature and do not verify it. */
function createUnverifiedRequests(target: Target, label: string, request: TargetRequest): readonly LabeledRequest[] {
  return [
    { ...request, label, signature: null },
    { ...request, label: `${label}, wrong signature`, signature: target.sign(request.body, 'another secret') },
  ]
}

const inQuery = rejectionCheck({
  id: 'signature-in-query',
  title: 'rejects a signature in the URL',
  requires: ['unsigned'],
  cause: 'URLs are written to logs, and a signature from a log can be used again.',
  fix: 'Read the signature from the header x-gallabox-signature only.',
  requests: (target) =>
    ['signature', target.scheme.header].map((name) => {
      const body = messageBody(target.marker)
      return { label: `?${name}=`, body, signature: null, query: { [name]: target.sign(body) } }
    }),
})

const wrongSecret = rejectionCheck({
  id: 'wrong-secret',
  title: 'rejects a signature made with another secret',
  cause: `${anyoneCanForge} The signature is not compared.`,
  fix: 'Compute the HMAC-SHA256 of the raw body with the secret. Respond with 401 if the header is different.',
  requests: (target) => [signRequest(undefined, target, (body) => target.sign(body, 'another secret'))],
})

const tampered = rejectionCheck({
  id: 'tampered-body',
  title: 'rejects a body that was changed',
  requires: ['wrong-secret'],
  cause: 'Anyone who has seen one delivery can change it.',
  fix: 'Hash every byte of the raw body, and compare.',
  requests(target) {
    const body = readFirstBody(target)
    const signature = target.sign(body)
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
  cause: 'Anyone who has seen one delivery can forge others.',
  fix: 'Hash the body of the same request, and compare.',
  requests: (target) => [signRequest(undefined, target, () => target.sign(readFirstBody(target)))],
})

/** Returns the body of the first delivery. It was accepted, otherwise no other check would run. */
function readFirstBody({ responses }: Target): string {
  return Buffer.from(responses[0]?.requestBody ?? '').toString()
}

function changeDigit(body: string, index: number): string {
  return body.slice(0, index) + (body[index] === '1' ? '2' : '1') + body.slice(index + 1)
}

/** Whether the receiver verifies anything. */
export const verificationChecks: readonly ReceiverCheck[] = [unsigned, wrongSecret]

export const rejectionChecks: readonly ReceiverCheck[] = [
  otherType,
  otherMethod,
  inQuery,
  tampered,
  otherBody,
  ...forgedSignatureChecks,
]
