import { parse, stringify } from 'yaml'

/** What a new lab is called. */
export interface Naming {
  id: string
  title: string
}

/** A lab to begin with. It passes, and its broken twin does not. */
export interface LabTemplate {
  name: string
  summary: string
  /** Text by path inside the lab's folder. `broken/` holds an answer that the checks must refuse. */
  files(naming: Naming): Readonly<Record<string, string>>
}

/** A policy document as files have it. */
export const policy = (...Statement: object[]): string =>
  `${JSON.stringify({ Version: '2012-10-17', Statement }, null, 2)}\n`

/** Whoever may assume roles in the lab's own account, may assume this one. */
export const accountTrust = policy({
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::{{account}}:root' },
  Action: 'sts:AssumeRole',
})

/** A text as the value of a YAML key. */
export const yamlText = (text: string): string =>
  /^[A-Za-z][\w ,.()/-]*$/.test(text) && parse(text) === text ? text : JSON.stringify(text)

/** An id as YAML reads it back: in quotes where it would be a number, a truth or nothing (`007`, `true`, `null`). */
export const idText = (id: string): string => stringify(id).trimEnd()

/** The page of a lab for its participants. */
export const readme = ({ id, title }: Naming, { goal, answer, notice }: Record<'goal' | 'answer' | 'notice', string>) =>
  `# ${title}

**Goal.** ${goal}

**Your part.** \`lab start ${id}\` writes \`answers/${id}/${answer}\` for you to fill in, \`lab run ${id} --answers answers/${id}\` tries it.

**What to notice.** ${notice}

**For the author.** \`broken/${answer}\` allows more than it should: \`lab run ${id} --answers labs/${id}/broken\` must fail.
`
