import { PolicyError, shown } from '../policy-error.ts'
import { both } from './operator.ts'

/** An address as its bits: 32 for IPv4, 128 for IPv6. */
interface Address {
  readonly bits: bigint
  readonly width: 32 | 128
}

function ipv4(text: string): bigint | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return null
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n)
}

/** Groups of one side of `::`; an IPv4 tail counts as two. */
function groups(side: string): bigint[] | null {
  if (side === '') return []
  const found: bigint[] = []
  const parts = side.split(':')
  for (const [i, part] of parts.entries()) {
    const tail = i === parts.length - 1 && part.includes('.') ? ipv4(part) : null
    if (tail !== null) found.push(tail >> 16n, tail & 0xffffn)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) found.push(BigInt(`0x${part}`))
    else return null
  }
  return found
}

function ipv6(text: string): bigint | null {
  const sides = text.split('::')
  const [left, right] = [groups(sides[0] ?? ''), groups(sides[1] ?? '')]
  if (sides.length > 2 || left === null || right === null) return null
  const missing = 8 - left.length - right.length
  if (sides.length === 2 ? missing < 1 : missing !== 0) return null
  return [...left, ...Array<bigint>(missing).fill(0n), ...right].reduce((bits, group) => (bits << 16n) | group, 0n)
}

function addressOf(text: string): Address | null {
  const v4 = ipv4(text)
  if (v4 !== null) return { bits: v4, width: 32 }
  const v6 = text.includes(':') ? ipv6(text) : null
  return v6 === null ? null : { bits: v6, width: 128 }
}

/** IPv4 and IPv6 in CIDR form; without a prefix length it is that one address. The two families never meet. */
export const [IpAddress, NotIpAddress] = both((value, _variables, path) => {
  const [text = '', length] = value.split('/', 2)
  const block = addressOf(text)
  const prefix = length === undefined ? block?.width : /^\d{1,3}$/.test(length) ? Number(length) : undefined
  if (block === null || prefix === undefined || prefix > block.width || value.split('/').length > 2) {
    throw new PolicyError('InvalidConditionValue', `expected an IP address or CIDR block, found ${shown(value)}`, path)
  }
  const shift = BigInt(block.width - prefix)
  const wanted = block.bits >> shift
  return actual => {
    const address = addressOf(String(actual))
    return address !== null && address.width === block.width && address.bits >> shift === wanted
  }
})
