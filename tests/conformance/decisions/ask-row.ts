import { expect, test } from 'vitest'
import { parseDenial } from '../../../assertions/index.ts'
import { buildRow } from './build-row.ts'
import { inSandboxTerms, refuseUnreachable } from './buildable.ts'
import { questions } from './questions.ts'
import { NotBuilt, type Row, rowsOf } from './row.ts'
import type { World } from './world.ts'

/** What came of asking, in the words of the corpus. */
interface Found {
  decision: 'allowed' | 'denied' | 'explicitDeny' | 'implicitDeny'
  policyType: string | null
}

const ask = async (world: World, row: Row): Promise<Found> => {
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
    // IAM's answer to credentials that it never takes.
    if (name === 'InvalidClientTokenId' && row.expect.policyType === undefined && service === 'iam')
      return { decision: 'denied', policyType: null }
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

/** A test for each row of the file; `least`: so many of them must be asked. */
export const askRows = (file: URL, least: number, world: () => World): void => {
  const all = rowsOf(file)
  const notBuilt: string[] = []

  test.for(all)('$id: $title', async (row, { skip }) => {
    world().reset()
    try {
      refuseUnreachable(row)
      const found = await ask(world(), inSandboxTerms(row))
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
}
