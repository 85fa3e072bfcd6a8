import { flowAnswers } from 'gallabox-webhooks'
import { describe, expect, test } from 'vitest'
import { interactive, message, sample } from '../../support/sample-events.js'

describe('flowAnswers', () => {
  test('returns equal answers for both deliveries of a Flow', () => {
    const flow = sample('Message.Flow.Received')
    const { flowData } = flow.data.flowResponse
    const twin = message(interactive({ type: 'nfm_reply', nfm_reply: { response_json: JSON.stringify(flowData) } }))
    const { flow_token: _token, ...expected } = flowData
    expect(flowAnswers(flow)).toEqual(expected)
    expect(flowAnswers(twin)).toEqual(expected)
  })

  test('changes no prototype when an answer is named __proto__', () => {
    const response_json = '{"__proto__":{"isAdmin":true},"constructor":"x"}'
    const found = flowAnswers(message(interactive({ type: 'nfm_reply', nfm_reply: { response_json } })))
    expect(Object.keys(found as object)).toEqual(['__proto__', 'constructor'])
    expect(found).not.toHaveProperty('isAdmin')
    expect({}).not.toHaveProperty('isAdmin')
  })
})
