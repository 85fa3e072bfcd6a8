import { typeName } from '../platform/type-name.js'

/** The members that tell what kind of event a function was invoked with. */
interface AnyLambdaEvent {
  readonly headers?: unknown
  readonly multiValueHeaders?: unknown
  readonly requestContext?: { readonly connectionId?: unknown }
  readonly Records?: readonly {
    readonly eventSource?: unknown
    readonly EventSource?: unknown
    readonly cf?: unknown
  }[]
  readonly methodArn?: unknown
  readonly routeArn?: unknown
  readonly source?: unknown
  readonly 'detail-type'?: unknown
  readonly eventSource?: unknown
  readonly awslogs?: unknown
}

/**
 * Throws a TypeError for an event that is not an HTTP request. A response to it would be taken for success: a queue would
 * delete the message.
 */
export function assertHttpEvent(event: unknown): void {
  const kind = kindOf(Object(event))
  if (kind === undefined) return
  const got = typeName(event) === 'object' ? kind : typeName(event)
  throw new TypeError(
    `webhookHandler: must get an HTTP event of API Gateway, a function URL or a load balancer, got ${got}. ` +
      "For payloads that were verified before, such as a queue's, call parseEvent().",
  )
}

/** Returns what kind of event it is, or undefined for an HTTP request. */
function kindOf(event: AnyLambdaEvent): string | undefined {
  // An authorizer's event has the members of a request too.
  if (event.methodArn !== undefined || event.routeArn !== undefined) return "an authorizer's event"
  if (event.requestContext?.connectionId !== undefined) return 'a WebSocket event'
  // Some HTTP events have no headers, but all have a context or a path.
  if ([event.headers, event.multiValueHeaders, event.requestContext].some((member) => typeof member === 'object')) {
    return undefined
  }
  const [record] = Array.isArray(event.Records) ? event.Records : []
  if (record?.cf !== undefined) return 'a Lambda@Edge event'
  const source = record?.eventSource ?? record?.EventSource ?? event.eventSource
  if (typeof source === 'string') return `an event of ${sourceNames[source] ?? source}`
  if (event['detail-type'] !== undefined) return 'an event of EventBridge'
  if (event.awslogs !== undefined) return 'an event of CloudWatch Logs'
  if (typeof event.source === 'string') return 'a warm-up event'
  return 'an event of another kind'
}

const sourceNames: Readonly<Record<string, string>> = {
  'aws:sqs': 'SQS',
  'aws:sns': 'SNS',
  'aws:s3': 'S3',
  'aws:dynamodb': 'DynamoDB',
  'aws:kinesis': 'Kinesis',
}
