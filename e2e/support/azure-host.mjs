// Simulates the host and the worker of Azure Functions around @azure/functions: node azure-host.mjs <module>.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import Module from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const functions = []
let programmingModel

// The part of the worker's own module that @azure/functions uses.
const core = {
  registerFunction: (metadata, callback) => functions.push({ metadata, callback }),
  setProgrammingModel(model) {
    programmingModel = model
  },
}
const { _load: load } = Module
Module._load = (request, ...rest) => (request === '@azure/functions-core' ? core : load(request, ...rest))

await import(pathToFileURL(resolve(process.argv[2])))

const [{ metadata, callback }] = functions
const [[trigger, { methods, route, authLevel }]] = Object.entries(metadata.bindings)

async function invoke(req) {
  const invocationId = randomUUID()
  const http = {
    method: req.method,
    url: `http://localhost:7071${req.url}`,
    headers: req.headers,
    body: { bytes: Buffer.concat(await req.toArray()) },
  }
  const request = { invocationId, inputData: [{ name: trigger, data: { http } }], triggerMetadata: {} }
  const invocation = programmingModel.getInvocationModel({ invocationId, metadata, request, log: () => {} })
  const { context, inputs } = await invocation.getArguments()
  const result = await invocation.invokeFunction(context, inputs, callback)
  const { returnValue } = await invocation.getResponse(context, result)
  return returnValue.http
}

createServer(async (req, res) => {
  try {
    if (authLevel !== 'anonymous') return res.writeHead(401).end()
    if (req.url !== `/api/${route}` || !methods.includes(req.method)) return res.writeHead(404).end()
    const { statusCode, headers, body } = await invoke(req)
    res.writeHead(Number(statusCode), headers).end(body.bytes ?? body.string)
  } catch (error) {
    console.error(error)
    res.writeHead(500).end()
  }
}).listen(process.env.PORT)
