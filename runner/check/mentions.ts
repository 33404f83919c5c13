import { templatesIn } from '../definition/template.ts'
import { usesOf } from '../definition/template-uses.ts'
import { type CheckedLab, type CheckedStep, laterSteps } from './checked-lab.ts'

/** What comes after the root in every template of a lab: `names.role` gives `role` for `names`. */
export function mentioned({ lab }: CheckedLab, root: string): Set<string> {
  const found = usesOf(lab).flatMap(({ text }) => templatesIn(text).flatMap(({ template }) => template ?? []))
  return new Set(found.filter(template => template.root === root).map(({ path: [name] }) => String(name)))
}

/** true: the lab, or one that needs it, has a template of this. */
export const isMentioned = (lab: CheckedLab, root: string, name: string): boolean =>
  [lab, ...lab.dependents].some(each => mentioned(each, root).has(name))

/** Identities that a step acts as, or names in its fields or templates. */
export function identitiesOf({ step }: CheckedStep): string[] {
  const written = JSON.stringify([step.fields, step.expectation])
  const fields = [...written.matchAll(/"identity":("[\w-]+"|\[[^\]]*\])/g)].flatMap(([, names = '']) =>
    [...names.matchAll(/[\w-]+/g)].map(([name]) => name),
  )
  const templates = [...written.matchAll(/\{\{\s*identities\.([\w-]+)/g)].flatMap(([, name = '']) => name)
  return [...(step.as === null ? [] : [step.as]), ...fields, ...templates]
}

/** true: a later step refers to the step's output, or names what it makes. */
export function isUsedLater(lab: CheckedLab, each: CheckedStep): boolean {
  const names = [each.resource?.name, each.resource?.arn].filter(name => name !== undefined && name !== null)
  const siblings = lab.steps.filter(({ group, step }) => group === each.group && step !== each.step)
  return [...siblings, ...laterSteps(lab, each)].some(later => {
    const written = JSON.stringify([later.step.fields, later.step.expectation])
    if (new RegExp(`\\{\\{\\s*steps\\.${each.step.id}\\b`).test(written)) return true
    const filled = JSON.stringify(later.ahead?.fields ?? '')
    return names.some(name => filled.includes(JSON.stringify(name).slice(1, -1)))
  })
}
