// Simulates AWS's gateway in front of a function: node gateway.mjs <module>. Each request becomes an event in the format
// that its path starts with, and the result becomes the response. The event has the rest of the path, if there is one.
import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const { handler } = await import(pathToFileURL(resolve(process.argv[2])))

/** The event of a REST API of API Gateway: payload format 1.0. */
function restEvent({ method, headers, path }) {
  return {
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: { proxy: path.slice(1) },
    stageVariables: null,
    requestContext: {
      resourceId: 'abc123',
      resourcePath: '/{proxy+}',
      httpMethod: method,
      path: `/prod${path}`,
      protocol: 'HTTP/1.1',
      stage: 'prod',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      identity: { sourceIp: '192.0.2.1', userAgent: 'none' },
    },
  }
}

/** The event of an HTTP API: payload format 2.0, with header names in lower case. */
function httpEvent({ method, headers, path }, routeKey = `ANY ${path}`) {
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers,
    requestContext: {
      accountId: '123456789012',
      apiId: 'r3pmxmplak',
      domainName: 'r3pmxmplak.execute-api.ap-south-1.amazonaws.com',
      domainPrefix: 'r3pmxmplak',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'none' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey,
      stage: '$default',
      time: '10/Mar/2026:05:16:23 +0000',
      timeEpoch: 1773119783000,
    },
  }
}

/** The event of a load balancer whose target group sends lists of values: it has no other headers. */
function loadBalancerEvent({ method, headers, path }) {
  return {
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:ap-south-1' } },
    httpMethod: method,
    path,
    multiValueQueryStringParameters: {},
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
  }
}

const formats = {
  '/rest-api': restEvent,
  '/load-balancer': loadBalancerEvent,
  '/http-api': httpEvent,
  '/url': (request) => httpEvent(request, '$default'),
}

createServer(async (req, res) => {
  const [, format, encoding, path = format] = req.url.match(/^(\/[a-z-]+?)(-base64)?(\/.+)?$/)
  try {
    const bytes = Buffer.concat(await req.toArray())
    const event = {
      ...formats[format]({ method: req.method, headers: req.headers, path }),
      // AWS sends null if there is no body.
      body: bytes.length === 0 ? null : bytes.toString(encoding ? 'base64' : 'utf8'),
      isBase64Encoded: encoding !== undefined,
    }
    const { statusCode, headers, multiValueHeaders, body } = await handler(event, {})
    res.writeHead(statusCode, headers ?? multiValueHeaders).end(body)
  } catch (error) {
    console.error(error)
    res.writeHead(502).end()
  }
}).listen(process.env.PORT)
