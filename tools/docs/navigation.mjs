// A plugin for typedoc: pages by their titles, not their files, and a link to the signature checker on each.
// It must not change an address.
import { JSX, RendererEvent } from 'typedoc'

/** Called by typedoc with itself. */
export function load(app) {
  app.renderer.hooks.on('sidebar.begin', (context) =>
    JSX.createElement('a', { href: context.relativeURL('checker.html') }, 'Check a signature'),
  )
  // The addresses are made by now.
  app.renderer.on(RendererEvent.BEGIN, ({ project }) => {
    for (const document of project.documents ?? []) document.name = titleOf(document)
  })
}

function titleOf({ name, content }) {
  const folder = name.slice(0, name.lastIndexOf('/') + 1)
  const title = content
    .map(({ text }) => text)
    .join('')
    .match(/^# (.+)$/m)?.[1]
  return folder + title.replaceAll('`', '')
}
