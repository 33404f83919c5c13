import { denyProblem, isDenialCode } from '../../assertions/index.ts'
import type { StepKind } from '../steps/step-kind.ts'
import type { Problem } from './definition-error.ts'
import { isMap, type RawStep } from './raw-steps.ts'
import type { YamlSource } from './read-yaml.ts'

const expectations = ['allow', 'deny', 'error'] as const

/** What the schema cannot say well: one kind and one expectation a step, ids that are unique, a `deny` that says why. */
export function checkSteps(source: YamlSource, steps: readonly RawStep[], kinds: readonly StepKind[]): Problem[] {
  return [
    ...steps.flatMap(step => [
      ...oneKind(source, step, kinds),
      ...oneExpectation(source, step),
      ...denial(source, step),
      ...otherError(source, step),
    ]),
    ...uniqueIds(source, steps),
    ...groups(source),
  ]
}

function oneKind(source: YamlSource, { path, kinds }: RawStep, known: readonly StepKind[]): Problem[] {
  const [, second] = kinds.filter(key => known.some(({ kind }) => kind === key))
  if (second !== undefined) {
    return [
      {
        place: source.place([...path, second], 'key'),
        message: `the step has a second kind, \`${second}\`, expected one`,
        hint: 'make it a step of its own: begin it with `-`',
        rule: 'second-kind',
      },
    ]
  }
  if (kinds.length > 0) return []
  return [
    {
      place: source.place(path),
      message: 'the step has no kind, expected one such as `list-images`',
      hint: 'the kinds are in docs/lab-format.md',
      rule: 'no-kind',
    },
  ]
}

function oneExpectation(source: YamlSource, { data, path }: RawStep): Problem[] {
  const [first, ...rest] = expectations.filter(key => Object.hasOwn(data, key))
  return rest.map(key => ({
    place: source.place([...path, key], 'key'),
    message: `the step expects \`${first}\` and \`${key}\`, expected only one of allow, deny and error`,
    hint: 'a call has one outcome: write two steps for two calls',
    rule: 'several-outcomes',
  }))
}

/** A denial has a reason, and `error` asks for none: it would take any policy's refusal for the expected one. */
function otherError(source: YamlSource, { data, path }: RawStep): Problem[] {
  const code = isMap(data.error) ? data.error.code : undefined
  if (typeof code !== 'string' || !isDenialCode(code)) return []
  return [
    {
      place: source.place([...path, 'error', 'code']),
      message: `\`error\` expects the code of a denial, \`${code}\`, which any policy could have caused`,
      hint: 'write `deny:` with its reason',
      rule: 'denial-as-error',
    },
  ]
}

const anything = /^\W*(any|anything|all|true|yes|denied|deny|\*+|\.\.\.)\W*$/i

function denial(source: YamlSource, { data, path }: RawStep): Problem[] {
  if (isMap(data.deny) && Object.keys(data.deny).length === 0) {
    return [
      {
        place: source.place([...path, 'deny']),
        message: '`deny` is an empty map, which any denial would meet, expected at least one field',
        hint: 'write `{ decision: implicitDeny }`, or what else must be the reason',
        rule: 'denial-without-reason',
      },
    ]
  }
  const fields = isMap(data.deny) ? Object.keys(data.deny).filter(key => key !== 'text') : []
  const [text, where] = isMap(data.deny) ? [data.deny.text, [...path, 'deny', 'text']] : [data.deny, [...path, 'deny']]
  if (typeof text !== 'string' || fields.length > 0) return []
  const why = anything.test(text) || /^[\s.*]*$/.test(text) ? 'any denial would meet' : denyProblem(text)
  if (why === null) return []
  return [
    {
      place: source.place(where),
      message: `\`deny\` is text \`${text}\`, which ${why}, expected the reason`,
      hint: "paste AWS's sentence, such as `because no identity-based policy allows the ecr:ListImages action`, or write `{ decision: implicitDeny }`",
      rule: 'denial-without-reason',
    },
  ]
}

function uniqueIds(source: YamlSource, steps: readonly RawStep[]): Problem[] {
  const seen = new Map<string, number>()
  return steps.flatMap(({ data, path }) => {
    if (typeof data.id !== 'string') return []
    const place = source.place([...path, 'id'])
    const first = seen.get(data.id)
    if (first !== undefined)
      return [
        {
          place,
          message: `the id \`${data.id}\` is already that of the step at line ${first}`,
          hint: 'give each step its own id',
          rule: 'same-id',
        },
      ]
    seen.set(data.id, place.line)
    return []
  })
}

/** A `parallel:` stands alone. */
function groups(source: YamlSource): Problem[] {
  const entries: unknown[] = Array.isArray(source.data.steps) ? source.data.steps : []
  return entries.flatMap((entry, index) => {
    if (!isMap(entry) || !Object.hasOwn(entry, 'parallel')) return []
    const beside = Object.keys(entry).filter(key => key !== 'parallel')
    return beside.map(key => ({
      place: source.place(['steps', index, key], 'key'),
      message: `\`${key}\` stands beside \`parallel\`, expected nothing there`,
      hint: 'write it in each step of the group',
      rule: 'beside-parallel',
    }))
  })
}
