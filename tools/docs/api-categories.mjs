// A typedoc plugin: puts each symbol into the category of the folder that declares it.
import { Comment, CommentTag, Converter } from 'typedoc'

// The first match wins.
const categories = [
  ['adapters', 'Receive'],
  ['receiver/verify-delivery', 'Verify'],
  ['receiver', 'Receive'],
  ['signature', 'Verify'],
  ['events/helpers', 'Helpers'],
  ['events', 'Events'],
  ['stores', 'Idempotency'],
  ['diagnose', 'Diagnose'],
  ['testing', 'Testing'],
  ['platform/bytes', 'Verify'],
  ['platform', 'Receive'],
]

/** Called by typedoc with its application. */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const module of project.children ?? []) {
      for (const symbol of module.children ?? []) categorize(symbol, categoryOf(project, symbol))
    }
  })
}

function categorize(symbol, category) {
  // The comment of a function is on its signature.
  const commented = symbol.signatures?.[0] ?? symbol
  commented.comment ??= new Comment()
  commented.comment.blockTags.push(new CommentTag('@category', [{ kind: 'text', text: category }]))
}

function categoryOf(project, symbol) {
  const path = project.getSymbolIdFromReflection(symbol)?.packagePath ?? ''
  const found = categories.find(([folder]) => path.startsWith(`src/${folder}`))
  if (!found) throw new Error(`${symbol.name}: no category for ${path}. Add its folder to api-categories.mjs.`)
  return found[1]
}
