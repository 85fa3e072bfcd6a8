import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'
import dynalite from 'dynalite'

/** The name of the table that the server creates. */
export const dynamoTable = 'deliveries'

/** Connects to a server of this file. */
export function connectDynamo(url: string): DynamoDB {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return new DynamoDB({ endpoint: url, region: 'us-east-1', credentials })
}

export function connectDynamoDocument(url: string): DynamoDBDocument {
  return DynamoDBDocument.from(connectDynamo(url))
}

/** A DynamoDB server with the table of `dynamoStore`: dynalite, in this process. */
export class DynamoServer {
  /** The names of the commands it received, such as `PutItem`. */
  readonly commands: string[] = []
  readonly #dynalite = dynalite({ createTableMs: 0 })
  readonly #proxy: Server

  /**
   * @param options.returnsItems - Whether the error of a failed condition contains the item, as DynamoDB's does.
   * dynalite does not implement ReturnValuesOnConditionCheckFailure, so a proxy adds the item. Default: true.
   */
  constructor({ returnsItems = true } = {}) {
    this.#proxy = createServer(async (request, response) => {
      const body = await text(request)
      const command = String(request.headers['x-amz-target']).split('.')[1] ?? ''
      this.commands.push(command)
      const send = (name: string, content: string) => this.#send(name, content, String(request.headers.authorization))
      const { status, content } = await send(command, body)
      const input = JSON.parse(body)
      const needsItem =
        returnsItems &&
        content.includes('ConditionalCheckFailedException') &&
        input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD'
      const result = JSON.parse(content)
      if (needsItem) {
        const { key } = input.Item
        const found = await send('GetItem', JSON.stringify({ TableName: input.TableName, Key: { key } }))
        Object.assign(result, JSON.parse(found.content))
      }
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(result))
    })
  }

  /** Starts the server, creates the table and returns the URL. */
  async start(): Promise<string> {
    for (const server of [this.#dynalite, this.#proxy]) {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    }
    const url = urlOf(this.#proxy)
    const client = connectDynamo(url)
    await client.createTable({
      TableName: dynamoTable,
      AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    })
    while ((await client.describeTable({ TableName: dynamoTable })).Table?.TableStatus !== 'ACTIVE');
    client.destroy()
    this.commands.length = 0
    return url
  }

  stop(): void {
    this.#proxy.close()
    this.#proxy.closeAllConnections()
    this.#dynalite.close()
    this.#dynalite.closeAllConnections()
  }

  async #send(command: string, body: string, authorization: string) {
    const response = await fetch(urlOf(this.#dynalite), {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${command}`,
        'x-amz-date': new Date().toISOString(),
        authorization,
      },
      body,
    })
    return { status: response.status, content: await response.text() }
  }
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
