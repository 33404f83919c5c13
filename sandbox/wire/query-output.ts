import type { AwsError } from '../errors.ts'
import type { HttpAnswer } from './exchange.ts'
import type { OperationModel, Shape, Structure } from './shape.ts'

/** The namespace of an answer to an action that the service does not know. */
export const faultNamespace = 'http://webservices.amazon.com/AWSFault/2005-15-09'

/**
 * A Query success, byte for byte as STS writes it: no XML declaration, two spaces, a final line feed. Elements come in the order of the
 * output's own keys, because the SDK's schemas do not keep the wire's order.
 */
export const querySuccess = (
  model: OperationModel,
  namespace: string,
  output: Record<string, unknown> | undefined,
  requestId: string,
): HttpAnswer => {
  const result = model.output.members.size === 0 ? '' : element(`${model.name}Result`, model.output, output ?? {}, '  ')
  return answer(
    200,
    requestId,
    `<${model.name}Response xmlns="${namespace}">\n${result}` +
      `  <ResponseMetadata>\n    <RequestId>${requestId}</RequestId>\n  </ResponseMetadata>\n</${model.name}Response>\n`,
  )
}

/** An error; one without a message has no such element. `Type` is Sender whatever the status, as recorded, but for our own faults. */
export const queryFailure = (error: AwsError, namespace: string, requestId: string): HttpAnswer => {
  const message = error.message === '' ? '' : `    <Message>${escapeXml(error.message)}</Message>\n`
  return answer(
    error.status,
    requestId,
    `<ErrorResponse xmlns="${namespace}">\n  <Error>\n    <Type>${error.status < 500 ? 'Sender' : 'Receiver'}</Type>\n` +
      `    <Code>${escapeXml(error.code)}</Code>\n${message}  </Error>\n  <RequestId>${requestId}</RequestId>\n</ErrorResponse>\n`,
  )
}

const answer = (status: number, requestId: string, body: string): HttpAnswer => ({
  status,
  headers: { 'x-amzn-RequestId': requestId, 'Content-Type': 'text/xml' },
  body,
})

const element = (name: string, shape: Shape, value: unknown, indent: string): string => {
  const inner = `${indent}  `
  switch (shape.kind) {
    case 'structure':
      return nested(name, indent, members(shape, value as Record<string, unknown>, inner))
    case 'list':
      return nested(
        name,
        indent,
        (value as unknown[]).map(item => element('member', shape.member, item, inner)).join(''),
      )
    case 'string':
      return `${indent}<${name}>${escapeXml(String(value))}</${name}>\n`
    case 'map':
      return nested(
        name,
        indent,
        Object.entries(value as Record<string, unknown>)
          .map(([key, item]) =>
            nested(
              'entry',
              inner,
              element('key', shape.key, key, `${inner}  `) + element('value', shape.value, item, `${inner}  `),
            ),
          )
          .join(''),
      )
    default:
      return `${indent}<${name}>${escapeXml(scalar(shape.kind, value))}</${name}>\n`
  }
}

const nested = (name: string, indent: string, content: string): string =>
  content === '' ? `${indent}<${name}/>\n` : `${indent}<${name}>\n${content}${indent}</${name}>\n`

/** @throws when an operation answers with a member that the model does not have: our own mistake, never sent. */
const members = (shape: Structure, value: Record<string, unknown>, indent: string): string => {
  let text = ''
  for (const name of Object.keys(value)) {
    const item = value[name]
    if (item === undefined || item === null) continue
    const member = shape.members.get(name)
    if (member === undefined) throw new Error(`${shape.name} has no member ${name}`)
    text += element(name, member, item, indent)
  }
  return text
}

/** Dates come as epoch milliseconds or a Date; IAM and STS print whole seconds. */
const scalar = (kind: Shape['kind'], value: unknown): string => {
  if (kind === 'timestamp') return `${new Date(value as number | Date).toISOString().slice(0, 19)}Z`
  if (kind === 'blob') return Buffer.from(value as Uint8Array).toString('base64')
  return String(value)
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' }

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unfit = /[&<>"\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/

/** Control characters that XML 1.0 cannot hold are left out. */
const escapeXml = (text: string): string => (unfit.test(text) ? escaped(text) : text)

const escaped = (text: string): string =>
  text
    .replace(/[&<>"\r]/g, character => entities[character] ?? '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
