declare module 'dynalite' {
  /** Creates a DynamoDB server in this process. Its data is in memory. */
  export default function dynalite(options?: { createTableMs?: number }): import('node:http').Server
}
