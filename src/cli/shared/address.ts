import { lookup } from 'node:dns/promises'
import { BlockList, isIPv6 } from 'node:net'

// Loopback, private, shared and link-local addresses: RFC 1122, 1918, 3927, 6598, 4193 and 4291.
const localAddresses = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  localAddresses.addSubnet(network, prefix, 'ipv4')
}
for (const [network, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  localAddresses.addSubnet(network, prefix, 'ipv6')
}

/** Looks up all addresses of a host name. */
export type LookUp = (hostname: string) => Promise<readonly string[]>

async function lookUpAddresses(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true })).map(({ address }) => address)
}

/**
 * Checks whether all addresses of a URL's host are loopback or private ones. The name says nothing: a public name can
 * stand for a private address, and `localhost` for another server. A host without an address is not local.
 */
export async function isLocalHost({ hostname }: URL, lookUp: LookUp = lookUpAddresses): Promise<boolean> {
  const addresses = await lookUp(hostname.replace(/^\[|\]$/g, '')).catch(() => [])
  return addresses.length > 0 && addresses.every(isLocalAddress)
}

function isLocalAddress(address: string): boolean {
  // An IPv4 address may be written as an IPv6 one.
  const [, ipv4] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? []
  if (ipv4) return isLocalAddress(ipv4)
  return localAddresses.check(address.replace(/%.*$/, ''), isIPv6(address) ? 'ipv6' : 'ipv4')
}
