import type { CheckedLab } from '../checked-lab.ts'
import type { Rule } from '../rule.ts'

interface Form {
  least: number
  most: number
  pattern: RegExp
  words: string
}

const iam = { pattern: /^[\w+=,.@-]+$/, words: 'letters, digits and `+=,.@_-`' }

/** What AWS takes as a name, by the field that holds it. Source: the services' own models. */
const forms: Readonly<Record<string, Form>> = {
  'repository-name': {
    least: 2,
    most: 256,
    pattern:
      /^[a-z0-9]+([._-][a-z0-9]+|__[a-z0-9]+|-+[a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+|__[a-z0-9]+|-+[a-z0-9]+)*)*$/,
    words: 'lower-case letters, digits, and single `.`, `_`, `-` and `/` between them',
  },
  'role-name': { least: 1, most: 64, ...iam },
  'user-name': { least: 1, most: 64, ...iam },
  'policy-name': { least: 1, most: 128, ...iam },
  'role-session-name': { least: 2, most: 64, ...iam },
}

const steps = (name: string): string => `steps:
  - id: repository
    create-repository: { repository-name: ${name} }
  - id: listed
    list-images: { repository-name: ${name} }
    allow: {}
`

const fault = (name: string, { least, most, pattern, words }: Form): string | null =>
  name.length < least || name.length > most
    ? `has ${name.length} characters, expected ${least} to ${most}`
    : pattern.test(name)
      ? null
      : `is no name that AWS takes, expected ${words}`

export const nameRefused: Rule<CheckedLab> = {
  id: 'name-refused',
  severity: 'error',
  summary: 'A name is one that AWS refuses',
  why: 'The call fails before any policy is asked.',
  wrong: steps('Team-C/alpine'),
  right: steps('team-c/alpine'),
  at: 'Team-C',
  check: ({ steps: all }) => {
    const told = new Set<string>()
    return all
      .filter(({ step }) => step.expectation.kind !== 'error')
      .flatMap(({ step, ahead, at }) =>
        Object.entries(ahead?.fields ?? {}).flatMap(([field, name]) => {
          const form = forms[field]
          // A word in capitals stands for an answer that is not known yet.
          if (!form || typeof name !== 'string' || /^[A-Z0-9_]+_[A-Z0-9_]+$/.test(name)) return []
          const found = fault(name, form)
          // Told where it is first used: the steps after it have it from there.
          if (found === null || told.has(name)) return []
          told.add(name)
          return [{ place: at([step.kind, field]), message: `\`${field}\` \`${name}\` ${found}`, hint: null }]
        }),
      )
  },
}
