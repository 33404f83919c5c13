import { filesOf } from './example-lab.ts'
import type { ExampleFiles, RuleFacts } from './rule.ts'

const languages: Readonly<Record<string, string>> = { yaml: 'yaml', json: 'json', md: 'markdown' }

/** A line that nobody reads to its end is cut. */
const cut = (line: string): string => (line.length > 160 ? `${line.slice(0, 60)}...` : line)

/** A fence longer than any in the text. */
function fenced(name: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  const lines = text.trimEnd().split('\n').map(cut).join('\n')
  return `\`${name}\`\n\n${fence}${languages[name.slice(name.lastIndexOf('.') + 1)] ?? ''}\n${lines}\n${fence}\n`
}

const shown = (example: ExampleFiles): string =>
  Object.entries(filesOf(example))
    .filter(([, text]) => text !== '')
    .map(([name, text]) => fenced(name.replace(/^(\.\.\/)+/, ''), text))
    .join('\n')

/** `docs/rules/<id>.md`: all of it from the rule itself. `says`: what `lab check` says of the wrong example. */
export const rulePage = (
  { id, severity, summary, why, wrong, right, fixable }: RuleFacts,
  says: readonly string[],
): string =>
  `# ${id}

<!-- made by npm run generate from the rule itself -->

${summary}. · ${severity}${fixable ? ' · mended by `lab check --fix`' : ''}

${why}

## Wrong

${shown(wrong)}
${says.length > 0 ? `\`lab check\` says:\n\n\`\`\`\n${says.join('\n')}\n\`\`\`\n\n` : ''}## Right

${shown(right)}`

/** `docs/rules/README.md`: every rule in a line. */
export const ruleList = (rules: readonly RuleFacts[]): string => `# Rules of lab check

<!-- made by npm run generate from the rules themselves -->

What a finding means, how findings are taken back, and the exit codes: [checking.md](../checking.md). In the examples, \`base\` is a lab that
makes a repository (\`{{names.repo}}\`), a role (\`{{names.role}}\`) and a session of it (\`reader\`), which may do nothing yet.

| rule | severity | what it finds |
| --- | --- | --- |
${rules.map(({ id, severity, summary, fixable }) => `| [${id}](${id}.md) | ${severity}${fixable ? ', mended' : ''} | ${summary} |`).join('\n')}
`
