import type { z } from 'zod'
import type { Outcome } from '../../assertions/index.ts'
import type { ContextValue } from '../../policy/index.ts'
import type { Aws, AwsPlace } from '../aws/door.ts'
import type { ChangeRecord, Done, Resource, SessionLimits, Undone, Verification } from './step-answers.ts'
import type { Created, Decide, StepContext } from './step-context.ts'
import type { Touch } from './touch.ts'

export type { Aws, AwsPlace, Credentials } from '../aws/door.ts'
export type {
  ChangeRecord,
  Decided,
  Done,
  MadeIdentity,
  Resource,
  SessionLimits,
  Undone,
  Verification,
} from './step-answers.ts'
export { unknownBefore } from './step-answers.ts'
export type { Created, Decide, StepContext } from './step-context.ts'

/** A permission of the runner's own: for `lab permissions` and the CLI page. */
export interface Permission {
  action: string
  resource: string
}

export interface Permissions {
  run: Permission[]
  verify: Permission[]
  /** To take back what the run made, nothing of it touched since. */
  undo: Permission[]
  /** What only matters where something was there before, stands in the way of what is taken back, or has lost its journal. */
  spare?: Permission[]
}

/**
 * reads: changes nothing, may be repeated and polled. session: gives credentials, changes nothing (assume-role). changes: sent once, journaled,
 * undone. local: touches only this machine.
 */
export type Effect = 'reads' | 'session' | 'changes' | 'local'

/** A step kind with its fields filled in. */
export interface PreparedStep {
  /** `team-a/alpine`. */
  title: string
  /** The AWS actions it may be refused for, the operation's own first; empty when not known (a program). */
  actions: readonly string[]
  effect: Effect
  /** @param principalOf ARN of the role or user behind an identity; null: it is not known, or of another account */
  permissions(place: AwsPlace, principalOf: (identity: string) => string | null): Permissions
  /** The `aws` commands that do the same by hand, argument lists. A first word `NAME=`: what it prints is kept, for `$NAME` in a later one. */
  commands(place: AwsPlace): string[][]
  /** @param created of the run, where it is known: what is made without a path of its own is made under its path, and its ARN tells it */
  resource(place: AwsPlace, created?: Pick<Created, 'path'>): Resource | null
  /** Accounts that it, or its undo, changes beside the one in which it is made. */
  reaches?: readonly string[] | undefined
  /** What the journal keeps of the fields, enough for `prepare` to undo: given where they may hold secrets. Default: all of them. */
  recorded?: unknown
  /** Belongs to the run, not to the account: done again when its lab is taken over from an earlier run. */
  ofTheRun?: boolean | undefined
  /** Read before a change: what undo will need to put things back. */
  before?: ((context: StepContext) => Promise<Record<string, unknown> | null>) | undefined
  run(context: StepContext): Promise<Done>
  /** Of a read: its answer by another operation, where the lab's own caller is refused this one and the decision is made without him. */
  otherwise?: ((context: StepContext) => Promise<Outcome>) | undefined
  /** Read-only: is the state as this step leaves it? Reads are verified by running them. */
  verify?: ((context: StepContext) => Promise<Verification>) | undefined
  /** The same of one that stands where AWS lets whoever makes it choose the place; asked where the step's own is not there, and for verify alone. */
  elsewhere?: ((context: StepContext) => Promise<Verification>) | undefined
  undo?: ((context: StepContext, record: ChangeRecord) => Promise<Undone>) | undefined
  /** Asked when the answer never came, of what `verify` read: is it the very thing that this call leaves, and not one that was there before? */
  isItself?: ((output: unknown) => boolean) | undefined
  /** true: sent twice it leaves what it leaves once, so that it is sent again when no answer came. */
  repeatable?: boolean | undefined
  /** Of what `before` read: was all as this step leaves it already? Of what is repeatable, so that a first call without an answer is told from a second one. */
  wasSo?: ((before: Readonly<Record<string, unknown>>) => boolean) | undefined
  /** Asked when the lab's own caller is refused: true when what the lab itself set up explains it, whatever the caller may do. */
  ownDoing?: ((context: StepContext) => Promise<boolean>) | undefined
  /** true: when it fails, part of it may have been done all the same (a program), so that it is undone too. */
  halfWay?: boolean | undefined
  /** true: it takes as long as its data do, and is not ended by the time of the step while they move. */
  movesData?: boolean | undefined
  /** AWS's exact errors of something not yet propagated, after which the same call may be sent again. */
  propagating?: ((outcome: Outcome) => boolean) | undefined
  /** The request that decides a changing probe when it may not be sent (verify): the action and the resource's ARN. */
  request?: ((place: AwsPlace) => { action: string; resource: string }) | undefined
  /** All the checks that the step passes, in AWS's order, where there are several: the first that is refused is the answer. Default: `request`. */
  requests?: ((place: AwsPlace) => Permission[]) | undefined
  /** Of a step that makes credentials: the member of its output that holds them, and the ARN that they will act as. For commands done by hand. */
  foreseenIdentity?: ((place: AwsPlace) => { member: string; arn: string }) | undefined
  /** ARN that the credentials made by the step act as, read back: verify cannot have what was shown once. null: nobody is there. */
  actsAs?: ((context: StepContext) => Promise<string | null>) | undefined
  /** Of a step that makes a session: what it is made with. */
  limits?: SessionLimits | undefined
  /** Condition keys that the call itself brings, `sts:ExternalId`: for deciding what is not sent. */
  brings?: Readonly<Record<string, ContextValue>> | undefined
  /**
   * The error AWS gives to what the step sends, whatever the permissions: told by AWS's rules for documents and the policies read. null: none
   * that they tell of. For verify, which may not send a change.
   */
  refused?: ((context: StepContext, decide: Decide) => Promise<Outcome | null>) | undefined
}

/** A thing found in the account that carries a run's tags. */
export interface Swept {
  /** Fields enough for `prepare` to undo it. */
  fields: unknown
  resource: Resource
  tags: Readonly<Record<string, string>>
  /** Epoch milliseconds; null: AWS does not say. */
  createdAt: number | null
}

/** What a document of a step is to AWS: whose rules it must meet. */
export type DocumentUse = 'managed' | 'inline' | 'session' | 'trust' | 'repository' | 'registry'

export interface Sweep {
  /** What listing them needs, on everything. */
  actions: readonly string[]
  /** @throws SweepRefused when the account cannot be listed */
  find(aws: Aws): Promise<Swept[]>
}

export interface StepKind {
  readonly kind: string
  readonly summary: string
  /** A short YAML example of the fields, for the schema and the docs. */
  readonly example: unknown
  readonly effect: Effect
  /** The AWS operation whose output `steps.<id>` holds: `iam:CreateRole`; null: the kind says its own in `outputs`. */
  readonly operation: string | null
  /** Schema of the fields as a lab writes them: templates and `{ file }` documents allowed. */
  readonly schema: z.ZodType
  /** The fields that hold policy documents. */
  readonly documents: Readonly<Record<string, DocumentUse>>
  /**
   * Every thing of the account that a step of this kind may have made and that carries tags: for things whose journal is lost. Undefined: it
   * makes nothing that stands by itself. Throws SweepRefused when the account cannot be listed.
   */
  readonly sweep: Sweep | undefined
  /**
   * What of the account and of profile files a step reads or changes, its undo included, the identities left out that it acts as. null: it
   * cannot be told, so that nothing else may be done at the same time. Fields as `prepare` takes them; throws z.ZodError.
   */
  touches(fields: unknown): readonly Touch[] | null
  /** What undoing it alone touches, told by the fields as the journal keeps them. */
  undoTouches(fields: unknown): readonly Touch[] | null
  /** Fields after templates are resolved, parsed and filled in. Throws z.ZodError. No side effect. */
  prepare(fields: unknown): PreparedStep
}

export interface StepDefinition<Fields> {
  kind: string
  summary: string
  example: Fields | Record<string, unknown> | string
  effect: Effect
  operation?: string | null
  schema: z.ZodType<Fields>
  documents?: Readonly<Record<string, DocumentUse>>
  sweep?: Sweep
  touches(fields: NoInfer<Fields>): readonly Touch[] | null
  /** Default: what it touches. */
  undoTouches?(fields: NoInfer<Fields>): readonly Touch[] | null
  prepare(fields: Fields): Omit<PreparedStep, 'effect'> & { effect?: Effect }
}

/** A step kind is one file with everything about it; nothing about it is written anywhere else. */
export const defineStep = <Fields>(definition: StepDefinition<Fields>): StepKind => ({
  kind: definition.kind,
  summary: definition.summary,
  example: definition.example,
  effect: definition.effect,
  operation: definition.operation ?? null,
  schema: definition.schema,
  documents: definition.documents ?? {},
  sweep: definition.sweep,
  touches: fields => definition.touches(definition.schema.parse(fields)),
  undoTouches: fields => (definition.undoTouches ?? definition.touches)(definition.schema.parse(fields)),
  prepare: fields => ({ effect: definition.effect, ...definition.prepare(definition.schema.parse(fields)) }),
})
