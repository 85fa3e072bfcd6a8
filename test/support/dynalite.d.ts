declare module 'dynalite' {
  /** Creates a DynamoDB server in this process. Its data is in memory. */
  export default function dynalite(options?: { createTableMs?: number }): import('node:http').Server
}

declare module 'dynalite/db/index.js' {
  const db: {
    /** Returns the error of a command whose condition fails for the item. */
    checkConditional(
      input: { ReturnValuesOnConditionCheckFailure?: string },
      item: unknown,
    ): { body: { Item?: unknown } } | null | undefined
  }
  export default db
}

declare module 'dynalite/validations/putItem.js' {
  const putItem: {
    /** The parameters of the command. Others are ignored. */
    readonly types: Record<string, { type: string; enum: readonly string[] }>
  }
  export default putItem
}
