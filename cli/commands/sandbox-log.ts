import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { LoggedRequest } from '../../sandbox/request-log.ts'
import type { Command } from '../command.ts'
import type { Colours } from '../show/colours.ts'
import { paperOf } from '../show/paper.ts'
import { findWorkplace } from '../workplace.ts'

/** `lab sandbox log`: each call with what was decided and by which statement; --json: the lines of the log as they are. */
export const sandboxLog: Command = async (world, _args, options) => {
  const { sandboxFolder } = findWorkplace(world, options.config)
  const file = join(sandboxFolder, 'log.jsonl')
  const { line, colours } = paperOf(world, { ...options, json: false })
  if (!existsSync(file)) {
    world.stderr.write('no call has been made to this sandbox yet\n')
    return 0
  }
  for await (const text of createInterface({ input: createReadStream(file) })) {
    const request = parsed(text)
    if (request === null) continue
    if (options.json) line(text)
    else for (const each of requestLines(request, colours)) line(each)
  }
  return 0
}

/** A line that is being written just now is passed over. */
function parsed(text: string): LoggedRequest | null {
  try {
    return JSON.parse(text) as LoggedRequest
  } catch {
    return null
  }
}

/** `arn:aws:sts::111122223333:assumed-role/role/session` in short: `role/session`. */
const shortCaller = (arn: string | null): string =>
  arn?.split(':').slice(5).join(':').replace('assumed-role/', '') ?? 'unknown'

function requestLines(request: LoggedRequest, colours: Colours): string[] {
  const { time, caller, service, operation, checks, code, status } = request
  const head = `${time.slice(0, 19).replace('T', ' ')}  ${shortCaller(caller).padEnd(24)}  `
  const failed = code === null ? '' : `  ${status} ${code}`
  if (checks.length === 0) return [`${head}${service}:${operation}${code === null ? '  no permission needed' : failed}`]
  return checks.map((check, index) => {
    const { action, resource, decision } = check
    const paint = decision === 'allowed' ? colours.good : colours.bad
    const last = index === checks.length - 1 ? failed : ''
    return `${head}${action}  ${resource}  ${paint(decision)}${reasonOf(check)}${last}`
  })
}

/** Which statements decided: `  Deny, statement 1 (DenyTeam) of the resource-based policy team-a/alpine`. */
function reasonOf({ decision, policyType, statements }: LoggedRequest['checks'][number]): string {
  const words = statements.map(({ policyType: type, policy, index, sid, effect }) => {
    const kind = /policy$|boundary$/.test(type) ? type : `${type} policy`
    return `${effect}, statement ${index + 1}${sid ? ` (${sid})` : ''} of the ${policy.includes(kind) ? policy : `${kind} ${policy}`}`
  })
  if (words.length > 0) return `  ${words.join('; ')}`
  if (decision === 'allowed') return ''
  return policyType === null
    ? '  no statement allows it'
    : `  no statement of the ${policyType} policies allows it`.replace('policy policies', 'policies')
}
