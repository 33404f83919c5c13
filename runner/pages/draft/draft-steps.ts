import { hasMember, schemasAt, takesDocument } from '../../definition/schema-walk.ts'
import { stepKinds } from '../../steps/index.ts'
import type { StepKind } from '../../steps/step-kind.ts'
import { isKnown, profilesIn } from '../reading/thing.ts'
import type { PageCall, Things } from '../reading/things.ts'
import { type Ran, type Trace, unknown } from '../reading/trace.ts'
import type { DraftNames } from './draft-names.ts'
import { draftOutcome } from './draft-outcome.ts'

export interface DraftStep {
  id: string
  /** The keys of the step, its kind among them. */
  keys: Record<string, unknown>
}

export interface Drafted {
  steps: DraftStep[]
  /** Policy documents by path. */
  documents: Record<string, string>
  left: string[]
}

export interface DraftSource {
  things: Things
  trace: Trace
  names: DraftNames
}

const short: Readonly<Record<string, string>> = {
  'create-role': 'role',
  'create-user': 'user',
  'create-policy': 'policy',
  'create-repository': 'repository',
  'attach-role-policy': 'attach',
  'assume-role': 'session',
  'set-repository-policy': 'policy',
}

/** The steps that do what the commands of a page do, in their order. */
export function draftSteps(source: DraftSource): Drafted {
  const drafted: Drafted = { steps: [], documents: {}, left: [] }
  const draft = new Draft(source, drafted)
  for (const ran of source.trace.ran) {
    const call = source.things.calls.find(each => each.ran === ran)
    if (call) draft.call(call)
    else draft.other(ran)
  }
  return drafted
}

/** Programs that only prepare what the calls use. */
const preparing = /^(echo|printf|cat|source|\.|export|cd|set|mkdir|jq|tee|true|:|sleep|unset|rm|touch|ls|chmod|aws)$/

class Draft {
  readonly #source: DraftSource
  readonly #drafted: Drafted
  readonly #taken = new Set<string>()
  /** The last session, whose credentials a profile is written from. */
  #session: DraftStep | null = null

  constructor(source: DraftSource, drafted: Drafted) {
    this.#source = source
    this.#drafted = drafted
  }

  call({ ran, call }: PageCall): void {
    const { operation, options, profile } = call
    const kind = stepKinds.find(each => each.operation === operation && operation !== null)
    if (!kind) {
      if (call.service !== 'configure') this.#leave(ran)
      return
    }
    const about = [...options].find(([name]) => /^(repository|role|user|policy)-name$/.test(name))?.[1][0] ?? ''
    const shown = ran === this.#lastOf(ran) ? (ran.command.output?.text ?? null) : null
    const outcome = draftOutcome(shown)
    const id = this.#idOf(kind, about, outcome)
    const fields = this.#fields(kind, options, id)
    const as = profile === null || !isKnown(profile) ? {} : { as: wordOf(profile) }
    const probe = 'deny' in outcome || 'allow' in outcome || 'error' in outcome
    const step: DraftStep = {
      id,
      keys: { id, ...as, [kind.kind]: fields, ...outcome, ...(probe ? { points: 1 } : {}), ...hintOf(outcome) },
    }
    if (kind.effect === 'session') {
      step.keys.identity = 'session'
      this.#session = step
    }
    this.#drafted.steps.push(step)
  }

  other(ran: Ran): void {
    const profiles = ran.written
      .filter(({ path }) => path === '~/.aws/credentials')
      .flatMap(() => profilesIn(ran.input ?? ran.args.join(' ')))
    for (const { name } of profiles) {
      if (!this.#session) continue
      this.#session.keys.identity = wordOf(name)
      const id = this.#free('profile')
      this.#drafted.steps.push({ id, keys: { id, 'write-profile': { profile: name, identity: wordOf(name) } } })
    }
    if (!preparing.test(ran.name)) this.#leave(ran)
  }

  #leave(ran: Ran): void {
    const line = [ran.name, ...ran.args].join(' ').replaceAll(unknown, '...').replace(/\s+/g, ' ')
    this.#drafted.left.push(`line ${ran.place.line}: ${line.slice(0, 100)}`)
  }

  #lastOf(ran: Ran): Ran | undefined {
    return this.#source.things.calls.findLast(each => each.ran.command === ran.command)?.ran
  }

  #fields(kind: StepKind, options: ReadonlyMap<string, readonly string[]>, id: string): Record<string, unknown> {
    const fields: Record<string, unknown> = {}
    for (const [name, values] of options) {
      if (!hasMember(kind.schema, name)) continue
      const text = this.#contentOf(values.join(' '))
      const schemas = schemasAt(kind.schema, [name])
      if (takesDocument(schemas) && /^\s*\{/.test(text)) fields[name] = this.#document(text, id, name)
      else if (values.length === 0) fields[name] = true
      else
        fields[name] = this.#reference(name, /^\d+$/.test(text) ? Number(text) : this.#source.names.field(name, text))
    }
    return fields
  }

  #contentOf(value: string): string {
    if (!value.startsWith('file://')) return value
    return this.#source.trace.files.get(value.slice('file://'.length).replace(/^\.\//, '')) ?? value
  }

  /** The answer of the step that made a thing, in place of its ARN put together. */
  #reference(name: string, value: string | number): string | number {
    const [, type, thing] = /\{\{account\}\}:(role|policy)\/(\{\{names\.\w+\}\})$/.exec(String(value)) ?? []
    if (type === undefined || !/^(policy|role)-arn$/.test(name)) return value
    const maker = this.#drafted.steps.find(
      ({ keys }) => (keys[`create-${type}`] as Record<string, unknown> | undefined)?.[`${type}-name`] === thing,
    )
    return maker ? `{{steps.${maker.id}.${type === 'role' ? 'Role' : 'Policy'}.Arn}}` : value
  }

  #document(text: string, id: string, field: string): unknown {
    const stem = field === 'assume-role-policy-document' ? 'trust' : id
    let path = `policies/${stem}.json`
    for (let count = 2; path in this.#drafted.documents; count += 1) path = `policies/${stem}-${count}.json`
    const written = this.#source.names.inArns(text)
    try {
      this.#drafted.documents[path] = `${JSON.stringify(JSON.parse(written), null, 2)}\n`
    } catch {
      this.#drafted.documents[path] = `${written}\n`
    }
    return { file: path }
  }

  #idOf(kind: StepKind, about: string, outcome: Record<string, unknown>): string {
    const probe = 'deny' in outcome ? 'denied' : 'error' in outcome ? 'refused' : 'allow' in outcome ? 'allowed' : null
    if (probe !== null && isKnown(about)) return this.#free(`${slugOf(about)}-${probe}`)
    return this.#free(short[kind.kind] ?? kind.kind)
  }

  #free(stem: string): string {
    let id = stem
    for (let count = 2; this.#taken.has(id); count += 1) id = `${stem}-${count}`
    this.#taken.add(id)
    return id
  }
}

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 48)

/** A profile's name as the name of an identity. */
const wordOf = (profile: string): string => profile.replace(/[^\w-]/g, '_').replace(/^(?![A-Za-z])/, 'p')

/** A verdict with points needs a word for who gets none. */
const hintOf = (outcome: Record<string, unknown>): Record<string, unknown> =>
  'deny' in outcome
    ? { hint: 'The page shows a refusal here, and its reason.' }
    : 'allow' in outcome
      ? { hint: 'The page shows that this is allowed.' }
      : {}
