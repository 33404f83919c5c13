/** A value, deep, each `{{steps.STEP.PATH}}` in it replaced by what is foreseen of that answer. */
export function fillSteps(value: unknown, answer: (step: string, path: string) => string): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/\{\{\s*steps\.([\w-]+)\.([^}]*?)\s*\}\}/g, (_, step: string, path: string) =>
      answer(step, path),
    )
  if (Array.isArray(value)) return value.map(each => fillSteps(each, answer))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fillSteps(each, answer)]))
}
