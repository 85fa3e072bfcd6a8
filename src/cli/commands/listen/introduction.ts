import type { NextCommands } from './page-server/protocol.js'

/** Lists the commands that deliver something to listen. */
export function listNextCommands(url: string, hasSecret: boolean): NextCommands {
  return {
    tunnels: [`cloudflared tunnel --url ${url}`, `ngrok http ${new URL(url).port || 80}`],
    send: `npx gallabox-webhooks send ${url}${hasSecret ? '' : ' --secret test'}`,
  }
}

export interface IntroductionOptions {
  readonly url: string
  /** The URL of the log page, with its key. */
  readonly pageUrl: string
  /** The URL that deliveries are forwarded to, without its credentials. */
  readonly forwardTo: string | null
  readonly hasSecret: boolean
}

/** Returns what listen prints at the start. */
export function createIntroduction({ url, pageUrl, forwardTo, hasSecret }: IntroductionOptions): string {
  const { tunnels, send } = listNextCommands(url, hasSecret)
  const [secret, fix] = hasSecret
    ? ['set', '']
    : [
        'none. Every delivery is accepted and shown as not verified.',
        '\n             Set GALLABOX_WEBHOOK_SECRET or pass --secret.',
      ]
  return `Listening on ${url}
Log page:    ${pageUrl}
Forwards to: ${forwardTo ?? 'nothing. To forward to your server, add --forward-to <url>.'}
Secret:      ${secret}${fix}

To receive from Gallabox, start a tunnel in another terminal:
${tunnels.map((command) => `  ${command}`).join('\n')}
Paste the https URL that it prints into Gallabox: Settings > Webhook > Add new,
field Request URL.

To try it without Gallabox:
  ${send}

Press Ctrl-C to end.
`
}

/** Returns a URL without user, password and query, which may be credentials. */
export function withoutCredentials({ origin, pathname, search }: URL): string {
  return `${origin}${pathname}${search && '?…'}`
}
