import type { AddressInfo } from 'node:net'
import { DynamoDB } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb'
import dynalite from 'dynalite'
import db from 'dynalite/db/index.js'
import putItem from 'dynalite/validations/putItem.js'

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

// dynalite 4 does not implement ReturnValuesOnConditionCheckFailure.
putItem.types.ReturnValuesOnConditionCheckFailure = { type: 'String', enum: ['ALL_OLD', 'NONE'] }
const { checkConditional } = db
db.checkConditional = (input, item) => {
  const error = checkConditional(input, item)
  if (error && input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD') error.body.Item = item
  return error
}

/** A DynamoDB server with the table of `dynamoStore`: dynalite, in this process. */
export class DynamoServer {
  /** The names of the commands it received, such as `PutItem`. */
  readonly commands: string[] = []
  readonly #server = dynalite({ createTableMs: 0 })

  constructor() {
    this.#server.on('request', ({ headers }) => {
      this.commands.push(String(headers['x-amz-target']).replace('DynamoDB_20120810.', ''))
    })
  }

  /** Starts the server, creates the table and returns the URL. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    const client = connectDynamo(url)
    await client.createTable({
      TableName: dynamoTable,
      AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    })
    while ((await client.describeTable({ TableName: dynamoTable })).Table?.TableStatus !== 'ACTIVE');
    client.destroy()
    return url
  }

  stop(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}
