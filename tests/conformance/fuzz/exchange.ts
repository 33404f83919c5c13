import { connect } from 'node:net'

const patience = 20_000

/** Null: it hangs. Else all that came back until the server closed; the client closes its half first, where the message is cut short. */
export const exchange = (port: number, message: string): Promise<string | null> =>
  new Promise(resolve => {
    const chunks: Buffer[] = []
    const answer = (): string => Buffer.concat(chunks).toString('latin1')
    const socket = connect(port, '127.0.0.1', () => socket.end(Buffer.from(message, 'latin1')))
    socket.setTimeout(patience, () => {
      resolve(null)
      socket.destroy()
    })
    socket.on('data', chunk => chunks.push(chunk))
    socket.on('error', () => resolve(answer()))
    socket.on('close', () => resolve(answer()))
  })

/** What is wrong with the answers to one message, or null. `signed`: it may have been a call that is right by chance. */
export const faultOf = (message: string, answer: string | null, signed: boolean): string | null => {
  if (answer === null) return 'it hangs'
  const isHead = message.startsWith('HEAD ')
  let rest = answer
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n')
    if (end < 0) return 'the answer has no end of headers'
    const head = rest.slice(0, end)
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1])
    if (!isExpected(status, signed)) return `the status is ${status}`
    const length = Number(/^content-length: *(\d+)$/im.exec(head)?.[1] ?? 0)
    const body = isHead ? '' : rest.slice(end + 4, end + 4 + length)
    if (!isHead && body.length < length) return `the body has ${body.length} bytes of ${length}`
    const fault = bodyFault(head, body, status)
    if (fault !== null) return fault
    rest = rest.slice(end + 4 + body.length)
  }
  return null
}

/** 302 leads to a page, as on AWS, where no action is named. */
const isExpected = (status: number, signed: boolean): boolean =>
  status === 302 || status === 501 || (status >= 400 && status < 500) || (signed && status === 200)

const bodyFault = (head: string, body: string, status: number): string | null => {
  const type = /^content-type: *(.*)$/im.exec(head)?.[1] ?? ''
  if (body === '') return null
  if (type.includes('json')) {
    try {
      JSON.parse(Buffer.from(body, 'latin1').toString('utf8'))
      return null
    } catch {
      return 'the body is no JSON'
    }
  }
  if (!type.includes('xml')) return null
  if (status === 404 && body === '<UnknownOperationException/>\n') return null
  return /^<(ErrorResponse|[A-Za-z]+Response)[ >][\s\S]*<\/\1>\s*$/.test(body)
    ? null
    : 'the body is no XML of AWS’s form'
}
