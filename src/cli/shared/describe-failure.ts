/** Why there was no response. */
export interface FailureDescription {
  /** A phrase without a final period, such as `connection refused`. */
  readonly reason: string
  /** What to change, in sentences. Undefined if that is unknown. */
  readonly hint?: string | undefined
}

type Describe = (url: URL) => FailureDescription

const connectionClosed: Describe = ({ protocol }) => ({
  reason: 'connection closed without a response',
  hint: protocol === 'http:' ? 'If the server expects HTTPS, use https://.' : 'If it expects plain HTTP, use http://.',
})

const hostUnreachable: Describe = ({ host }) => ({
  reason: 'host unreachable',
  hint: `Check the network and the firewall on the way to ${host}.`,
})

const unknownIssuer: Describe = () => ({
  reason: 'the certificate is self-signed or of an unknown CA',
  hint: 'Set NODE_EXTRA_CA_CERTS to the PEM file of its CA, or of the self-signed certificate itself.',
})

const descriptions: Readonly<Record<string, Describe>> = {
  ECONNREFUSED: ({ host }) => ({
    reason: 'connection refused',
    hint: `No server is listening on ${host}. Start it, or check the port.`,
  }),
  ECONNRESET: connectionClosed,
  EPIPE: connectionClosed,
  ENOTFOUND: ({ hostname }) => ({ reason: 'host not found', hint: `Check the name ${hostname}.` }),
  EAI_AGAIN: () => ({ reason: 'host not found', hint: 'The name server did not respond. Check the network.' }),
  ETIMEDOUT: hostUnreachable,
  EHOSTUNREACH: hostUnreachable,
  ENETUNREACH: hostUnreachable,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownIssuer,
  SELF_SIGNED_CERT_IN_CHAIN: unknownIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  CERT_HAS_EXPIRED: ({ hostname }) => ({
    reason: 'the certificate has expired',
    hint: `Renew the certificate of ${hostname}, and check the clock of this machine.`,
  }),
  CERT_NOT_YET_VALID: () => ({
    reason: 'the certificate is not valid yet',
    hint: 'Check the clock of this machine.',
  }),
  ERR_TLS_CERT_ALTNAME_INVALID: ({ hostname }) => ({
    reason: `the certificate is not for ${hostname}`,
    hint: 'Use a host name that the certificate contains, or a certificate for this one.',
  }),
}

/** Describes the error of a request. Shows none of the bytes that the server sent. */
export function describeFailure({ code = 'unknown', message }: NodeJS.ErrnoException, url: URL): FailureDescription {
  if (message.includes('wrong version number'))
    return { reason: 'the server does not speak TLS', hint: 'Use http:// instead of https://.' }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return { reason: `TLS handshake failed (${code})` }
  if (code.startsWith('HPE_')) return { reason: `invalid HTTP response (${code})` }
  return descriptions[code]?.(url) ?? { reason: `no response (${code})` }
}
