import { extname } from 'node:path'
import ts from 'typescript'

const scripts = new Set(['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'])

/** Returns a file's text. Of a script, only comments and strings are left; spaces stand for the rest. */
export function readProse(file, text) {
  if (!scripts.has(extname(file))) return text
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest)
  const blank = text.replace(/[^\n]/g, ' ')
  let prose = ''
  for (const [start, end] of listProse(source, source))
    prose += blank.slice(prose.length, start) + text.slice(start, end)
  return prose + blank.slice(prose.length)
}

/** Lists the ranges of comments and strings, in order. */
function* listProse(node, source) {
  const children = node.getChildren(source).filter((child) => !ts.isJSDoc(child))
  for (const child of children) yield* listProse(child, source)
  if (children.length > 0) return
  // The comments before a token, and the token itself where it is a string or a part of a template.
  const start = node.getStart(source)
  yield [node.getFullStart(), start]
  if (ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node)) yield [start, node.getEnd()]
}
