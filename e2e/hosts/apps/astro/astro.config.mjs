import node from '@astrojs/node'

export default {
  output: 'server',
  adapter: node({ mode: 'standalone' }),
  // Bundled, because the server would find another version beside the other frameworks.
  vite: { ssr: { noExternal: ['cookie'] } },
}
