import type { Rule } from '../../../check/rule.ts'
import type { CheckedPages } from '../checked-pages.ts'

export const pageUnsetVariable: Rule<CheckedPages> = {
  id: 'page-unset-variable',
  severity: 'warning',
  summary: 'A page uses a variable that nothing sets',
  why: 'The command runs with nothing in its place: a name becomes empty, an option takes the next word for its value.',
  wrong: { 'page.md': '```bash\nREPO=team-a/alpine\naws ecr list-images --repository-name "$REPOSITORY"\n```\n' },
  right: { 'page.md': '```bash\nREPOSITORY=team-a/alpine\naws ecr list-images --repository-name "$REPOSITORY"\n```\n' },
  at: '$REPOSITORY',
  check: ({ trace }) => {
    const first = new Map(
      trace.uses
        .filter(({ value }) => value === null)
        .reverse()
        .map(use => [`${use.place.file} ${use.name}`, use]),
    )
    return [...first.values()].reverse().map(({ name, place }) => ({
      place,
      message: `the variable \`${name}\` is used, and nothing sets it`,
      hint: `set it, or say in the front matter what another page would have: env: { ${name}: VALUE }`,
    }))
  },
}
