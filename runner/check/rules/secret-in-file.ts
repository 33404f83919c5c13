import type { CheckedLab } from '../checked-lab.ts'
import { listDenied } from '../example-lab.ts'
import type { Rule } from '../rule.ts'
import { secretsOf } from '../secrets.ts'

const note = (key: string): string => `# Notes\n\naws configure set aws_access_key_id ${key}\n`

export const secretInFile: Rule<CheckedLab> = {
  id: 'secret-in-file',
  severity: 'error',
  summary: 'A file of the lab holds a secret',
  why: 'A lab is handed on: what stands in its folder is read by everybody who learns with it. Keys that AWS prints in its documentation (`AKIAIOSFODNN7EXAMPLE`) are no secrets.',
  wrong: { 'lab.yaml': `steps:\n${listDenied}`, 'notes.md': note('AKIA'.padEnd(20, 'Q')) },
  right: { 'lab.yaml': `steps:\n${listDenied}`, 'notes.md': note('AKIAIOSFODNN7EXAMPLE') },
  at: 'AKIA'.padEnd(20, 'Q'),
  check: ({ files }) => files.flatMap(secretsOf),
}
