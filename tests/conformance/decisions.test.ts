import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseDenial } from '../../assertions/index.ts'
import { buildRow } from './decisions/build-row.ts'
import { inSandboxTerms, refuseUnreachable } from './decisions/buildable.ts'
import { questions } from './decisions/questions.ts'
import { NotBuilt, type Row, rowsOf } from './decisions/row.ts'
import { openWorld, type World } from './decisions/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** What came of asking, in the words of the corpus. */
interface Found {
  decision: 'allowed' | 'denied' | 'explicitDeny' | 'implicitDeny'
  policyType: string | null
}

const ask = async (row: Row): Promise<Found> => {
  const question = questions[row.action.toLowerCase()]
  if (question === undefined) throw new NotBuilt(`the sandbox does not serve ${row.action}`)
  const keys = await buildRow(world, row)
  const address = row.context['aws:SourceIp']
  const region = row.resource.split(':')[3] || undefined
  const { service, operation, input, permitted = [] } = question
  try {
    const from = typeof address === 'string' ? address : undefined
    await world.call(keys, `${service}:${operation}`, input(row), region, from)
    return { decision: 'allowed', policyType: null }
  } catch (error) {
    const { name, message } = error as Error
    if (permitted.includes(name)) return { decision: 'allowed', policyType: null }
    if (!name.startsWith('AccessDenied')) throw error
    const { decision, policyType } = parseDenial(message)
    return { decision: decision ?? 'denied', policyType }
  }
}

/** What the row says of the answer, as far as the sentence names it: AssumeRole's gives no reason, and some names are not sure. */
const wanted = ({ expect: { decision, policyType }, sure }: Row, found: Found): Found => {
  if (decision !== 'allowed' && found.decision === 'denied') return found
  return { decision, policyType: sure || found.decision === 'allowed' ? (policyType ?? null) : found.policyType }
}

const rows = new URL('../policy/rows/', import.meta.url)
const files: [name: string, file: URL, least: number][] = [
  ['decisions.jsonl', new URL('../corpus/decisions.jsonl', import.meta.url), 85],
  ...readdirSync(rows)
    .filter(name => name.endsWith('.jsonl'))
    .map((name): [string, URL, number] => [name, new URL(name, rows), 1]),
]

describe.each(files)('%s', (_, file, least) => {
  const all = rowsOf(file)
  const notBuilt: string[] = []

  test.for(all)('$id: $title', async (row, { skip }) => {
    world.reset()
    try {
      refuseUnreachable(row)
      const found = await ask(inSandboxTerms(row))
      expect(found).toEqual(wanted(row, found))
    } catch (error) {
      if (!(error instanceof NotBuilt)) throw error
      notBuilt.push(`${row.id}: ${error.message}`)
      skip(error.message)
    }
  })

  test('enough of them are asked', () => {
    expect(all.length - notBuilt.length, notBuilt.join('\n')).toBeGreaterThanOrEqual(least)
  })
})
