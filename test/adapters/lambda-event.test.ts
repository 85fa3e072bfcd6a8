import { type LambdaEvent, webhookHandler } from 'gallabox-webhooks/lambda'
import { samplePayload, signDelivery } from 'gallabox-webhooks/testing'
import { describe, expect, test } from 'vitest'

const secret = 'whsec_Jg8mZ2vQ'
const { headers, body } = signDelivery('Message.Received', samplePayload('Message.Received'), { secret })
const handler = webhookHandler({ secret, onEvent: () => {}, onOutcome: () => {} })

describe('rejects, so that the source keeps it, for', () => {
  test.each<[string, unknown, RegExp]>([
    ['a message of SQS', { Records: [{ eventSource: 'aws:sqs', body }] }, /got an event of SQS\./],
    ['a notification of SNS', { Records: [{ EventSource: 'aws:sns', Sns: {} }] }, /got an event of SNS\./],
    ['an event of S3', { Records: [{ eventSource: 'aws:s3' }] }, /got an event of S3\./],
    ['a stream of DynamoDB', { Records: [{ eventSource: 'aws:dynamodb' }] }, /got an event of DynamoDB\./],
    ['records of Kinesis', { Records: [{ eventSource: 'aws:kinesis' }] }, /got an event of Kinesis\./],
    ['records of Kafka', { eventSource: 'aws:kafka', records: {} }, /got an event of aws:kafka\./],
    ['Lambda@Edge', { Records: [{ cf: { request: { headers: {} } } }] }, /got a Lambda@Edge event\./],
    ['EventBridge', { source: 'aws.events', 'detail-type': 'Scheduled Event' }, /got an event of EventBridge\./],
    ['CloudWatch Logs', { awslogs: { data: '' } }, /got an event of CloudWatch Logs\./],
    ['a warm-up', { source: 'serverless-plugin-warmup' }, /got a warm-up event\./],
    [
      'an authorizer of v1',
      { type: 'REQUEST', methodArn: 'arn:…', httpMethod: 'POST', headers, requestContext: {} },
      /got an authorizer's event\./,
    ],
    [
      'an authorizer of v2',
      { type: 'REQUEST', routeArn: 'arn:…', headers, requestContext: { http: { method: 'POST' } } },
      /got an authorizer's event\./,
    ],
    ['a WebSocket', { requestContext: { connectionId: 'a', eventType: 'MESSAGE' }, body }, /got a WebSocket event\./],
    ['an empty object', {}, /got an event of another kind\./],
    ['an empty list of records', { Records: [] }, /got an event of another kind\./],
    ['nothing', undefined, /got undefined\./],
    ['a string', body, /got string\./],
  ])('%s', async (_title, event, message) => {
    const invoking = handler(event as LambdaEvent)
    await expect(invoking).rejects.toThrow(TypeError)
    await expect(invoking).rejects.toThrow(message)
    await expect(invoking).rejects.toThrow(/parseEvent\(\)/)
  })
})

describe('responds in the form of the event', () => {
  const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))

  test('with lists of values when the event had only those, as load balancers expect', async () => {
    const event = { requestContext: { elb: {} }, httpMethod: 'POST', multiValueHeaders: lists, body }
    const result = await handler(event)
    expect(result).toMatchObject({ statusCode: 200, multiValueHeaders: { 'content-type': [expect.any(String)] } })
    expect(result).not.toHaveProperty('headers')
  })

  test.each([
    ['headers', { httpMethod: 'POST', headers, body }],
    ['both', { httpMethod: 'POST', headers, multiValueHeaders: lists, body }],
    ['neither', { httpMethod: 'POST', requestContext: {}, body }],
  ])('with single values when the event had %s', async (_title, event) => {
    const result = await handler(event)
    expect(result).toMatchObject({ headers: { 'content-type': expect.any(String) } })
    expect(result).not.toHaveProperty('multiValueHeaders')
  })
})

test.each<[string, LambdaEvent, string | undefined]>([
  ['path and query of v2', { rawPath: '/hook', rawQueryString: 'a=b', headers, body }, '/hook?a=b'],
  ['path of v2', { rawPath: '/hook', rawQueryString: '', headers, body }, '/hook'],
  ['path of v1', { httpMethod: 'POST', path: '/hook', headers, body }, '/hook'],
  ['nothing', { httpMethod: 'POST', headers, body }, undefined],
])('passes the %s on as the URL', async (_title, event, url) => {
  const urls: unknown[] = []
  const onOutcome = (_outcome: unknown, delivery: { url?: string | undefined }) => urls.push(delivery.url)
  await webhookHandler({ secret, onEvent: () => {}, onOutcome })(event)
  expect(urls).toEqual([url])
})
