// TS2353
import { createReceiver } from 'gallabox-webhooks'

createReceiver({ secret: 's', on: { 'Message.recieved': () => {} } })
