import type { Target } from '../aws/target.ts'
import type { PlannedLab } from './plan.ts'

/**
 * Why a lab cannot be run or verified here: an identity of labs.yaml that it uses (`as: partner`, `{{identities.partner.account}}`) is not there,
 * because this machine lacks its profile.
 *
 * @returns the reason, null when nothing is missing
 */
export function missingIdentity({ identities }: Target, { lab, needed }: PlannedLab): string | null {
  const steps = [...needed, lab].flatMap(each => each.groups.flat())
  const made = new Set(['admin', ...identities.keys(), ...steps.flatMap(step => step.identity ?? [])])
  const written = JSON.stringify([lab.groups, lab.templates ?? []])
  const used = [
    ...lab.groups.flat().flatMap(step => step.as ?? []),
    ...Array.from(written.matchAll(/\{\{\s*identities\.([\w-]+)/g), ([, name = '']) => name),
  ]
  const missing = used.find(name => !made.has(name))
  return missing === undefined
    ? null
    : `needs the identity \`${missing}\`, which is not configured: \`identities\` in labs.yaml names its profile`
}
