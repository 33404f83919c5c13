import type { Lab } from '../definition/index.ts'
import { visibleNames, visibleVars } from '../definition/index.ts'
import { usageError } from '../lab-error.ts'

/** A lab with its place in the order and the names it will use. */
export interface PlannedLab {
  lab: Lab
  /** All it needs, directly and further on, what is needed first. */
  needed: readonly Lab[]
  /** true: nobody asked for it by name; another lab needs it. Not graded. */
  setUp: boolean
  names: Readonly<Record<string, string>>
  vars: Readonly<Record<string, unknown>>
}

export interface PlanOptions {
  /** Ids asked for. */
  asked: readonly string[]
  /** `--var k=v`: vars by name, names as `names.role`. */
  overrides: Readonly<Record<string, string>>
  /** Put after every name that is created; '' without --isolate. */
  suffix: string
}

/**
 * The labs in the order they run, with their names.
 *
 * @param labs the labs asked for and all that they need, what is needed first
 */
export function planLabs(labs: readonly Lab[], { asked, overrides, suffix }: PlanOptions): PlannedLab[] {
  const byId = new Map(labs.map(lab => [lab.id, lab]))
  const renamed = labs.map(lab => withOverrides(lab, overrides, suffix))
  const renamedById = new Map(renamed.map(lab => [lab.id, lab]))
  checkOverrides(labs, overrides)
  return renamed.map(lab => {
    const needed = closure(lab, byId).flatMap(id => renamedById.get(id) ?? [])
    return {
      lab,
      needed,
      setUp: !asked.includes(lab.id),
      names: visibleNames(lab, needed),
      vars: visibleVars(lab, needed),
    }
  })
}

function closure(lab: Lab, byId: ReadonlyMap<string, Lab>): string[] {
  const found = new Set<string>()
  const visit = (id: string) => {
    const each = byId.get(id)
    if (!each || found.has(id)) return
    for (const need of each.needs) visit(need)
    found.add(id)
  }
  for (const need of lab.needs) visit(need)
  return [...found]
}

function withOverrides(lab: Lab, overrides: Readonly<Record<string, string>>, suffix: string): Lab {
  const names = Object.fromEntries(
    Object.entries(lab.names).map(([key, name]) => [key, overrides[`names.${key}`] ?? `${name}${suffix}`]),
  )
  const vars = Object.fromEntries(Object.entries(lab.vars).map(([key, value]) => [key, overrides[key] ?? value]))
  return { ...lab, names, vars }
}

/** A misspelt variable would change nothing, silently. */
function checkOverrides(labs: readonly Lab[], overrides: Readonly<Record<string, string>>): void {
  const known = labs.flatMap(lab => [...Object.keys(lab.vars), ...Object.keys(lab.names).map(name => `names.${name}`)])
  for (const [key, value] of Object.entries(overrides)) {
    if (key.startsWith('names.') && value.trim() === '')
      throw usageError(`the name \`${key}\` is empty`, `such as --var ${key}=my-name`)
    if (!known.includes(key))
      throw usageError(
        `no lab of this run has a variable \`${key}\``,
        known.length > 0 ? `there are: ${[...new Set(known)].join(', ')}` : 'these labs have none',
      )
  }
}
