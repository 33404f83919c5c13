import type { Rule } from '../../../check/rule.ts'
import type { CheckedPages } from '../checked-pages.ts'

/** Programs whose failing the reader must see. */
const failing = /^(aws|curl|wget|docker|podman|kubectl|helm|terraform|npm|pip|pip3|git)$/

export const pageHiddenFailure: Rule<CheckedPages> = {
  id: 'page-hidden-failure',
  severity: 'warning',
  summary: 'A command may fail, and what it stands in hides that',
  why: 'A pipe ends with the status of its last program, `export` with its own. The page goes on, and fails somewhere else.',
  wrong: { 'page.md': '```bash\naws sts get-caller-identity | jq -r .Arn > arn.txt\n```\n' },
  right: { 'page.md': '```bash\nset -o pipefail\naws sts get-caller-identity | jq -r .Arn > arn.txt\n```\n' },
  at: 'aws sts',
  check: ({ trace }) =>
    trace.ran.flatMap(({ name, pipe, into, place }) => {
      if (!failing.test(name)) return []
      if (into?.hidden)
        return [
          {
            place,
            message: `\`${into.variable}\` is declared and set at once, which hides that \`${name}\` failed`,
            hint: `first ${into.variable}=$(...), then export ${into.variable}`,
          },
        ]
      return pipe.index < pipe.of - 1 && !pipe.checked
        ? [{ place, message: `a pipe hides that \`${name}\` failed`, hint: 'say `set -o pipefail` before' }]
        : []
    }),
}
