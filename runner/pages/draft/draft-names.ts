import type { Lab } from '../../definition/index.ts'
import type { ThingUse } from '../reading/thing.ts'

/** The names of a draft: those of its own things, and those that the labs before give. */
export class DraftNames {
  /** `role: ecr_access_teama_role`. */
  readonly own: Record<string, string> = {}
  readonly #keys = new Map<string, string>()
  readonly #repositories = new Map<string, string>()

  constructor(made: readonly ThingUse[], needed: readonly Lab[]) {
    for (const lab of needed) for (const [key, name] of Object.entries(lab.names)) this.#repositories.set(name, key)
    const taken = new Set(this.#repositories.values())
    for (const { type, name } of made) {
      if (type === 'profile' || this.#keys.has(`${type} ${name}`)) continue
      let key: string = type
      for (let count = 2; taken.has(key); count += 1) key = `${type}${count}`
      taken.add(key)
      this.own[key] = name
      this.#keys.set(`${type} ${name}`, key)
    }
  }

  /** A field's value as a lab writes it: `{{names.role}}` for what is made here or before. */
  field(option: string, value: string): string {
    const type = /^(role|user|group|policy|repository)-name$/.exec(option)?.[1]
    const key =
      type &&
      (this.#keys.get(`${type} ${value}`) ?? (type === 'repository' ? this.#repositories.get(value) : undefined))
    return key === undefined ? this.inArns(value) : `{{names.${key}}}`
  }

  /** Names at the end of an ARN of the own account. */
  inArns(text: string): string {
    return text.replace(
      /(\{\{account\}\}:(role|user|group|policy|repository)\/)([\w+=,.@/-]+)(?![\w*/])/g,
      (whole, before: string, type: string, name: string) => {
        const key =
          this.#keys.get(`${type} ${name}`) ?? (type === 'repository' ? this.#repositories.get(name) : undefined)
        return key === undefined ? whole : `${before}{{names.${key}}}`
      },
    )
  }
}
