import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'

const lab = `id: demo\ntitle: Demo\nneeds: [base]\nsteps:\n${listDenied}`
const line = (schema: string): string => `# yaml-language-server: $schema=${schema}\n`

export const noSchemaLine: Rule<CheckedLab> = {
  id: 'no-schema-line',
  severity: 'note',
  summary: 'A lab does not say which schema it follows',
  why: 'With the line, an editor completes keys, explains them, and marks mistakes while they are written (docs/editor.md).',
  wrong: lab,
  right: `${line('../../schema/lab.schema.json')}${lab}`,
  at: 'id: demo',
  fixable: true,
  check: ({ source, schema }) =>
    schema === null || /^#\s*yaml-language-server:/m.test(source.text)
      ? []
      : [
          {
            place: { file: source.file, line: 1, column: 1 },
            message: 'the file does not say which schema it follows',
            hint: `begin it with \`${line(schema).trim()}\``,
            fix: [{ file: source.file, start: 0, end: 0, text: line(schema) }],
          },
        ],
}
