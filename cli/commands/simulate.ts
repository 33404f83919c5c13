import { createReadStream, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { type AccessRequest, decidingStatements, explain, type PolicySet } from '../../policy/index.ts'
import { usageError } from '../../runner/lab-error.ts'
import type { Command } from '../command.ts'
import { textOf } from '../explain/lines-of.ts'
import type { Options } from '../options.ts'
import type { World } from '../world.ts'

type Bytes = AsyncIterable<string | Uint8Array>

/** `lab simulate`: what AWS would decide. Rows with --jsonl; one row, or a question to the sandbox as it is, in words or with --json. */
export const simulate: Command = async (world, [file], options) => {
  const fromState = options.principal !== undefined || options.action !== undefined || options.resource !== undefined
  refuseMixed(file, fromState, options)
  if (options.jsonl) {
    const { simulateRows } = await import('../simulate/simulate-rows.ts')
    return simulateRows(world, source(world, file))
  }
  if (!fromState) {
    const { rowOf } = await import('../simulate/row-of.ts')
    const text = await textOf(source(world, file))
    const { id, request, policies } = rowOf(text, file === undefined || file === '-' ? 'standard input' : file)
    return answer(world, options, request, policies, { id })
  }
  const { notRead, presentState } = await import('../simulate/present-state.ts')
  const { request, policies } = await presentState(world, options, {
    principal: wanted(options.principal, '--principal'),
    action: wanted(options.action, '--action'),
    resource: wanted(options.resource, '--resource'),
  })
  return answer(world, options, request, policies, { notRead })
}

async function answer(
  world: World,
  options: Options,
  request: AccessRequest,
  policies: PolicySet,
  more: { id?: string | number | null; notRead?: readonly string[] },
): Promise<0> {
  const [{ inUsersWords }, { paperOf, writeJson }] = await Promise.all([
    import('../simulate/policy-fault.ts'),
    import('../show/paper.ts'),
  ])
  const explained = inUsersWords(() => explain(request, policies))
  const { decision, policyType, sure, layers, statements: considered } = explained
  if (options.json) {
    const { id = null, notRead = [] } = more
    const { principal, action, resource, context = {} } = request
    const statements = decidingStatements(explained)
    const asked = { principal, action, resource, context }
    const found = { id, decision, policyType, statements, sure, request: asked, layers, considered, notRead }
    writeJson(world, { schemaVersion: 1, exitCode: 0, ...found })
    return 0
  }
  const { answerLines } = await import('../simulate/answer-lines.ts')
  const paper = paperOf(world, options)
  for (const line of answerLines(request, explained, paper)) paper.line(line)
  if (more.notRead) paper.line(`  not read: ${more.notRead.join(', ')}`)
  return 0
}

function refuseMixed(file: string | undefined, fromState: boolean, options: Options): void {
  if (fromState && file !== undefined)
    throw usageError(`\`${file}\` together with a question`, 'a FILE, or --principal, --action and --resource')
  if (fromState && options.jsonl)
    throw usageError('`--jsonl` together with a question', '--jsonl reads rows from a file or standard input')
  if (!fromState && Object.keys(options.context).length > 0)
    throw usageError('`--context` without a question', 'a row has its `context` in itself')
}

function source(world: World, file: string | undefined): Bytes {
  if (file === undefined || file === '-') {
    if (!world.stdin.isTTY) return world.stdin as Bytes
    throw usageError(
      'there is nothing to simulate',
      'lab simulate FILE, or lab simulate --principal ARN --action ACTION --resource ARN',
    )
  }
  const path = resolve(world.cwd, file)
  if (statSync(path, { throwIfNoEntry: false })?.isFile()) return createReadStream(path)
  throw usageError(`there is no file \`${file}\``)
}

function wanted(value: string | undefined, flag: string): string {
  if (value !== undefined) return value
  throw usageError(`\`${flag}\` is missing`, 'a question needs --principal, --action and --resource')
}
