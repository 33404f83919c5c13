import { type Lab, resolveTemplates } from '../../definition/index.ts'
import { isKnown, type Thing, type ThingType } from './thing.ts'

const fields: Readonly<Record<string, readonly [ThingType, string]>> = {
  'create-role': ['role', 'role-name'],
  'create-user': ['user', 'user-name'],
  'create-policy': ['policy', 'policy-name'],
  'create-repository': ['repository', 'repository-name'],
  'write-profile': ['profile', 'profile'],
}

/** What a lab's own steps make, by the names that it gives. */
export const thingsOfLab = (lab: Lab): Thing[] =>
  lab.groups.flat().flatMap(step => {
    const [type, field] = fields[step.kind] ?? []
    const written = field === undefined ? undefined : (step.fields as Record<string, unknown>)[field]
    const name = typeof written === 'string' ? filled(written, lab) : ''
    return type && isKnown(name) ? [{ type, name }] : []
  })

/** Variables that a lab gives to the commands of a participant, templates of names and vars filled in. */
export const variablesOfLab = (lab: Lab): Record<string, string> =>
  Object.fromEntries(Object.entries(lab.env).map(([name, value]) => [name, filled(value, lab)]))

function filled(text: string, { names, vars }: Lab): string {
  const nothing = { steps: {}, account: '', region: '', run: { id: '', suffix: '' }, identities: {}, env: {} }
  try {
    return String(resolveTemplates(text, { ...nothing, names, vars }))
  } catch {
    return ''
  }
}
