// A typedoc plugin: shows pages by their titles and links to the signature checker.
import { JSX, RendererEvent } from 'typedoc'

/** Called by typedoc with its application. */
export function load(app) {
  app.renderer.hooks.on('sidebar.begin', (context) =>
    JSX.createElement('a', { href: context.relativeURL('checker.html') }, 'Check a signature'),
  )
  // The URLs exist by now, so they keep the file names.
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
