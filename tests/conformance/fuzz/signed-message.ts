import { Hash } from '@smithy/core/serde'
import { SignatureV4 } from '@smithy/signature-v4'
import type { OperationModel } from '../../../sandbox/wire/shape.ts'
import type { Chance } from './chance.ts'
import { inputOf } from './model-input.ts'

export interface SignedService {
  name: 'iam' | 'sts' | 'ecr'
  /** Those that are served, and a few that are not. */
  operations: readonly OperationModel[]
}

const versions = { iam: '2010-05-08', sts: '2011-06-15' } as const

/** `Tags.member.1.Key=x`; what is no value of the protocol is written as JSON. */
const flatten = (name: string, value: unknown): [string, string][] => {
  if (Array.isArray(value)) return value.flatMap((item, at) => flatten(`${name}.member.${at + 1}`, item))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => flatten(`${name}.${key}`, item))
  }
  return [[name, value === null ? '' : String(value)]]
}

/** Halves of surrogate pairs cannot be encoded. */
const encode = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'))

const form = (operation: string, version: string, input: Record<string, unknown>): string =>
  [
    ['Action', operation],
    ['Version', version],
    ...Object.entries(input).flatMap(([name, value]) => flatten(name, value)),
  ]
    .map(([name = '', value = '']) => `${encode(name)}=${encode(value)}`)
    .join('&')

/** Cuts, doubles or replaces some of the bytes. */
const damaged = (chance: Chance, body: string): string => {
  const at = chance.below(body.length + 1)
  return chance.pick([
    () => body.slice(0, at),
    () => body + body,
    () => body.slice(0, at) + chance.noise(8) + body.slice(at),
    () => body.replaceAll('%', ''),
    () => body.replaceAll('.1.', '.99999999999999999999.'),
  ])()
}

/** A request with a good signature and an input that no client would send, as bytes in Latin-1. */
export const signedMessage = async (
  chance: Chance,
  port: number,
  credentials: { accessKeyId: string; secretAccessKey: string },
  services: readonly SignedService[],
): Promise<string> => {
  const { name: service, operations } = chance.pick(services)
  const operation = chance.pick(operations)
  const input = inputOf(chance, operation.input)
  const whole = service === 'ecr' ? JSON.stringify(input) : form(operation.name, versions[service], input)
  const utf8 = Buffer.from(whole, 'utf8').toString('latin1')
  const body = chance.percent(15) ? damaged(chance, utf8) : utf8
  const bytes = Buffer.from(body, 'latin1')
  const headers: Record<string, string> = {
    host: `127.0.0.1:${port}`,
    'content-length': String(bytes.length),
    'content-type': service === 'ecr' ? 'application/x-amz-json-1.1' : 'application/x-www-form-urlencoded',
    ...(service === 'ecr' ? { 'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation.name}` } : {}),
  }
  const signer = new SignatureV4({ service, region: 'us-west-2', credentials, sha256: Hash.bind(null, 'sha256') })
  const request = {
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    port,
    path: '/',
    query: {},
    headers,
    body: bytes,
  }
  const signed = await signer.sign(request)
  const lines = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}`)
  return `POST / HTTP/1.1\r\n${lines.join('\r\n')}\r\nconnection: close\r\n\r\n${body}`
}
