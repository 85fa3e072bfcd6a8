// Simulates Strapi, which is too large to install: node strapi.mjs <folder of the compiled project>. Koa runs the
// middleware of config/middlewares in its order, with Strapi's way to handle errors and its body parser.
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import Koa from 'koa'
import { koaBody } from 'koa-body'

const folder = resolve(process.argv[2])

/** Imports the default export of a module that was compiled to CommonJS. */
async function load(path) {
  const module = await import(pathToFileURL(join(folder, path)))
  return module.default.default
}

async function handleErrors(ctx, next) {
  try {
    await next()
  } catch (error) {
    console.error(error.message)
    ctx.status = error.status ?? 500
    ctx.body = { data: null, error: { status: ctx.status } }
  }
}

// Strapi's other middleware touches neither the body nor the errors.
const builtIn = {
  'strapi::errors': handleErrors,
  'strapi::body': koaBody({ multipart: true, patchKoa: true }),
}

const app = new Koa()
for (const name of await load('config/middlewares.js')) {
  const [scope, file] = name.split('::')
  if (scope === 'global') app.use((await load(`src/middlewares/${file}.js`))({}, {}))
  else if (builtIn[name]) app.use(builtIn[name])
}
app.listen(process.env.PORT)
