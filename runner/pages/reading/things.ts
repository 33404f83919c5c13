import type { Page } from '../parse/page.ts'
import { type AwsCall, readAwsCall } from '../shim/aws-call.ts'
import { shownMissing } from './shown-missing.ts'
import { isKnown, keyOf, profilesIn, type Thing, type ThingType, type ThingUse, thingsNamedIn } from './thing.ts'
import type { Ran, Trace } from './trace.ts'

/** A call of the CLI that a page makes. */
export interface PageCall {
  ran: Ran
  call: AwsCall
}

export interface Things {
  calls: readonly PageCall[]
  /** In the order of the pages. */
  made: readonly ThingUse[]
  used: readonly ThingUse[]
}

const creates: Readonly<Record<string, readonly [ThingType, string]>> = {
  'iam:CreateRole': ['role', 'role-name'],
  'iam:CreateUser': ['user', 'user-name'],
  'iam:CreateGroup': ['group', 'group-name'],
  'iam:CreatePolicy': ['policy', 'policy-name'],
  'ecr:CreateRepository': ['repository', 'repository-name'],
}

const names: Readonly<Record<string, ThingType>> = {
  'role-name': 'role',
  'user-name': 'user',
  'group-name': 'group',
  'repository-name': 'repository',
  'repository-names': 'repository',
  profile: 'profile',
}

/** What pages make, and what they name. */
export async function thingsOf(trace: Trace): Promise<Things> {
  const calls: PageCall[] = []
  const made: ThingUse[] = []
  const used: ThingUse[] = []
  for (const ran of trace.ran.filter(({ name }) => name === 'aws')) {
    const call = await readAwsCall(ran.args)
    calls.push({ ran, call })
    const [type, option] = creates[call.operation ?? ''] ?? []
    for (const [name, values] of call.options) {
      const kind = names[name]
      const places = ran.places[ran.args.indexOf(`--${name}`) + 1] ?? ran.place
      const local = call.service === 'configure' && name === 'profile'
      const list = name === option || local ? made : used
      if (kind)
        list.push(...values.map(each => ({ type: name === option && type ? type : kind, name: each, place: places })))
      else if (name === option && type) made.push(...values.map(each => ({ type, name: each, place: places })))
    }
  }
  for (const { text, place } of trace.texts) used.push(...thingsNamedIn(text).map(thing => ({ ...thing, place })))
  for (const { text, place } of trace.texts)
    if (text.includes('[')) made.push(...profilesIn(text).map(thing => ({ ...thing, place })))
  const known = (uses: ThingUse[]) => uses.filter(({ name }) => isKnown(name))
  return { calls, made: known(made), used: known(used) }
}

/** The things that pages name and nobody makes, each where it is named first. What a page shows to be missing is meant to be. */
export function unmade({ made, used }: Things, given: readonly Thing[], pages: readonly Page[]): ThingUse[] {
  const there = new Set([...made, ...given].map(keyOf))
  const inPage = (use: ThingUse) => `${keyOf(use)} ${use.place.file}`
  const missing = new Set(shownMissing(used, pages).map(inPage))
  const first = new Map<string, ThingUse>()
  for (const use of used)
    if (!there.has(keyOf(use)) && !missing.has(inPage(use)) && !first.has(inPage(use))) first.set(inPage(use), use)
  return [...first.values()]
}
