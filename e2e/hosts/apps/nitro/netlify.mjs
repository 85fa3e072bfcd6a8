// Calls the function as Netlify does: node netlify.mjs <module>.
import { serve } from '@hono/node-server'

const { default: fetch } = await import(process.argv[2])
serve({ fetch, port: Number(process.env.PORT) })
