import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { operationTable } from '../../definition/index.ts'
import { kebab } from '../../steps/cli-line.ts'
import type { AwsCall } from './aws-call.ts'

/** The input of a call by AWS's own member names, as far as the command line tells it. @throws Error for a file that cannot be read */
export async function inputOf(call: AwsCall, cwd: string): Promise<Record<string, unknown>> {
  const { operation, options } = call
  const members = Object.keys((await operationTable())[operation ?? '']?.input ?? {})
  const input: Record<string, unknown> = {}
  const [whole] = options.get('cli-input-json') ?? []
  if (whole !== undefined) Object.assign(input, JSON.parse(await textOf(whole, cwd)))
  for (const member of members) {
    const name = kebab(member)
    const values = options.get(name)
    if (values) input[member] = await valueIn(values, cwd)
    else if (options.has(`no-${name}`)) input[member] = false
  }
  return input
}

async function valueIn(values: readonly string[], cwd: string): Promise<unknown> {
  if (values.length === 0) return true
  const texts = await Promise.all(values.map(value => textOf(value, cwd)))
  const [first = ''] = texts
  if (texts.length === 1 && !isShorthand(first)) return /^\s*\[/.test(first) ? (asJson(first) ?? first) : first
  return texts.map(text => (isShorthand(text) ? fromShorthand(text) : text))
}

const isShorthand = (text: string): boolean => /^[A-Za-z]+=[^,]*(,[A-Za-z]+=[^,]*)*$/.test(text)

/** `Key=team,Value=a`. */
const fromShorthand = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(',').map(pair => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))

async function textOf(value: string, cwd: string): Promise<string> {
  if (/^fileb?:\/\//.test(value)) {
    const path = value.replace(/^fileb?:\/\//, '')
    if (/^\/dev\/|^-$/.test(path)) throw new Error(`\`${value}\` can be read only once`)
    return readFile(resolve(cwd, path), 'utf8')
  }
  return value
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
