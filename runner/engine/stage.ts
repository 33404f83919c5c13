import { accountOf } from '../aws/arns.ts'
import type { Target } from '../aws/target.ts'
import type { Catalogue, Step } from '../definition/index.ts'
import { DefinitionError, resolveTemplates, type Scope } from '../definition/index.ts'
import { LabError } from '../lab-error.ts'
import { stepKind } from '../steps/index.ts'
import type {
  Aws,
  AwsPlace,
  Credentials,
  MadeIdentity,
  PreparedStep,
  SessionLimits,
  StepContext,
  StepKind,
} from '../steps/step-kind.ts'
import { decideNow } from './decide-now.ts'
import { firstIssue } from './first-issue.ts'
import { hollowIdentity } from './hollow-identity.ts'
import type { EngineOptions } from './options.ts'
import type { PlannedLab } from './plan.ts'
import { redact, secretsIn } from './redact.ts'
import { shownPath } from './shown-path.ts'

export interface StageOptions extends Pick<EngineOptions, 'notFoundFor'> {
  target: Target
  catalogue: Catalogue
  runId: string
  suffix: string
  /** The run's own profile file. */
  credentialsFile: string
  userCredentialsFile: string
  workingFolder: string
  env: Readonly<Record<string, string | undefined>>
  signal: AbortSignal
}

/** How long our things may stay before a sweep may take them, in days: the value of the tag accesslab:expires. */
const expiresAfterDays = 7

/** What a run knows so far: the answers of its steps, its identities, its secrets. Gives each step its context. */
export class Stage {
  readonly options: StageOptions
  /** Every secret seen, so that no text with one in it leaves. */
  readonly secrets = new Set<string>()
  readonly #outputs = new Map<string, Record<string, unknown>>()
  readonly #identities = new Map<string, Map<string, Aws>>()
  readonly #sessions = new Map<string, SessionLimits>()

  constructor(options: StageOptions) {
    this.options = options
  }

  get target(): Target {
    return this.options.target
  }

  /** Keeps a step's answer for templates, without its secrets. */
  keepOutput(lab: string, step: string, output: unknown): void {
    const outputs = this.#outputs.get(lab) ?? {}
    outputs[step] = redact(output, this.secrets)
    this.#outputs.set(lab, outputs)
  }

  keepIdentity(lab: string, name: string, made: MadeIdentity): void {
    if (made.session) this.#sessions.set(made.arn, made.session)
    this.keepSecrets(made.credentials)
    const identities = this.#identities.get(lab) ?? new Map<string, Aws>()
    const renew = async (): Promise<Credentials | null> => {
      const fresh = (await made.renew?.()) ?? null
      if (fresh) this.keepSecrets(fresh)
      return fresh
    }
    identities.set(name, this.target.as(made.credentials, made.arn, renew))
    this.#identities.set(lab, identities)
  }

  /** An identity whose credentials cannot be had here: what it may do can only be evaluated. */
  keepHollowIdentity(lab: string, name: string, arn: string): void {
    const identities = this.#identities.get(lab) ?? new Map<string, Aws>()
    identities.set(name, hollowIdentity(arn))
    this.#identities.set(lab, identities)
  }

  /** What an answer calls a secret is one wherever else it is said. */
  keepSecretsOf(output: unknown): void {
    for (const secret of secretsIn(output)) this.secrets.add(secret)
  }

  keepSecrets({ secretAccessKey, sessionToken }: Credentials): void {
    this.secrets.add(secretAccessKey)
    if (sessionToken) this.secrets.add(sessionToken)
  }

  /** An identity as a lab sees it: its own, those of the labs it needs, those of labs.yaml, the caller. */
  identity(planned: PlannedLab, name: string): Aws | null {
    for (const id of [planned.lab.id, ...planned.needed.map(lab => lab.id).reverse()]) {
      const found = this.#identities.get(id)?.get(name)
      if (found) return found
    }
    return this.target.identities.get(name) ?? (name === 'admin' ? this.target.caller : null)
  }

  /** The session policies that an identity was made with. */
  sessionOf(arn: string): SessionLimits | null {
    return this.#sessions.get(arn) ?? null
  }

  /** Who makes a step's call. */
  actor(planned: PlannedLab, step: Step): Aws | null {
    return step.as === null ? this.target.caller : this.identity(planned, step.as)
  }

  /** Who may read and take back things of an account: the lab's caller in his own, an identity of labs.yaml in another; null: nobody is known. */
  ownerOf(account: string): Aws | null {
    const { caller, identities, place } = this.target
    if (account === place.account) return caller
    return [...identities.values()].find(each => accountOf(each.arn) === account) ?? null
  }

  /** Where an identity's calls go: its own account. */
  placeOf(aws: Aws): AwsPlace {
    const { place } = this.target
    return { ...place, account: accountOf(aws.arn) ?? place.account }
  }

  scope(planned: PlannedLab): Scope {
    const { place, identities } = this.target
    const chain = [...planned.needed.map(lab => lab.id), planned.lab.id]
    const known = new Map<string, Aws>([['admin', this.target.caller], ...identities])
    for (const id of chain) for (const [name, aws] of this.#identities.get(id) ?? []) known.set(name, aws)
    return {
      names: planned.names,
      vars: planned.vars,
      steps: Object.assign({}, ...chain.map(id => this.#outputs.get(id) ?? {})),
      account: place.account,
      region: place.region,
      run: { id: this.options.runId, suffix: this.options.suffix },
      identities: Object.fromEntries(
        [...known].map(([name, { arn }]) => [name, { arn, account: arn.split(':')[4] ?? '' }]),
      ),
      env: this.options.env,
    }
  }

  /**
   * A step with its templates filled in.
   *
   * @throws DefinitionError at the step's place when the filled-in fields are not what the kind takes
   */
  prepare(planned: PlannedLab, step: Step): { kind: StepKind; prepared: PreparedStep; fields: unknown } {
    const kind = kindOf(step)
    let fields: unknown
    try {
      fields = resolveTemplates(step.fields, this.scope(planned))
      return { kind, fields, prepared: kind.prepare(fields) }
    } catch (error) {
      const message = error instanceof LabError ? error.message : firstIssue(error, fields)
      throw new DefinitionError([{ place: step.place, message: `step \`${step.id}\`: ${message}`, hint: null }])
    }
  }

  context(planned: PlannedLab, actor: Aws | null): StepContext {
    const { target, catalogue, runId, credentialsFile, userCredentialsFile, signal } = this.options
    const aws = actor ?? target.caller
    const place = this.placeOf(aws)
    return {
      place,
      aws,
      admin: this.ownerOf(place.account) ?? target.caller,
      created: {
        path: catalogue.created.path,
        permissionsBoundary: catalogue.created.permissionsBoundary,
        tags: { ...catalogue.created.tags, ...ownershipTags(runId, planned.lab.id) },
      },
      decide: (asker, action, resource, reason) => decideNow(this, asker, action, resource, reason),
      identity: name => {
        const found = this.identity(planned, name)
        if (!found) throw new LabError(2, 'identity', `no step has made the identity \`${name}\` yet`)
        return found
      },
      runId,
      credentialsFile,
      userCredentialsFile,
      environment: () => this.#environment(aws),
      shown: path => this.shown(path),
      folder: planned.lab.folder,
      endpoint: target.endpoint,
      signal,
    }
  }

  /** The context of what is done for the account rather than for a step: taking back what a lab left. */
  accountContext(lab: string, owner: Aws | null = null): StepContext {
    const { workingFolder } = this.options
    const empty = {
      id: lab,
      title: lab,
      description: null,
      source: null,
      needs: [],
      names: {},
      vars: {},
      env: {},
      groups: [],
      file: '',
      folder: workingFolder,
    }
    return this.context({ lab: empty, needed: [], setUp: false, names: {}, vars: {} }, owner)
  }

  /** A path as a person reads it. */
  shown(path: string): string {
    return shownPath(path, this.options.workingFolder)
  }

  async #environment(aws: Aws): Promise<Record<string, string>> {
    const credentials = await aws.credentials()
    // The program may print what it was given.
    this.keepSecrets(credentials)
    const { accessKeyId, secretAccessKey, sessionToken } = credentials
    const { place, endpoint, environment } = this.target
    return {
      ...environment,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken ? { AWS_SESSION_TOKEN: sessionToken } : {}),
      ...(endpoint ? { AWS_ENDPOINT_URL: endpoint } : {}),
      ACCOUNT_ID: place.account,
      AWS_REGION: place.region,
      AWS_DEFAULT_REGION: place.region,
      AWS_PAGER: '',
    }
  }
}

export const ownershipTags = (runId: string, lab: string): Record<string, string> => ({
  'accesslab:run': runId,
  'accesslab:lab': lab,
  'accesslab:expires': new Date(Date.now() + expiresAfterDays * 86_400_000).toISOString().slice(0, 10),
})

export function kindOf(step: { kind: string }): StepKind {
  const kind = stepKind(step.kind)
  if (!kind) throw new LabError(2, 'step-kind', `there is no step kind \`${step.kind}\``)
  return kind
}
