// Grades <root>/submission, and writes <root>/results/results.json whatever happens.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = process.argv[2] ?? '/autograder'
const source = join(root, 'source')
const results = join(root, 'results', 'results.json')
const work = mkdtempSync(join(tmpdir(), 'autograder-'))
mkdirSync(join(root, 'results'), { recursive: true })
try {
  const lab = readFileSync(join(source, 'lab.txt'), 'utf8').trim()
  writeFileSync(join(work, 'one.csv'), 'student\nsubmission\n')
  const reports = join(work, 'reports')
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      ...[join(source, 'dist', 'lab.js'), 'verify', lab, '--answers', root, '--roster', 'one.csv'],
      ...['--timeout', '120s', '--report', `gradescope=${reports}`],
    ],
    { cwd: work, encoding: 'utf8', timeout: 180_000, env: { PATH: process.env.PATH, HOME: work, NO_COLOR: '1' } },
  )
  if (status !== 0 && status !== 3) throw new Error(stderr)
  copyFileSync(join(reports, 'submission', 'results.json'), results)
} catch (error) {
  // No score: a submission that could not be graded is to be run again, and is no zero.
  const output =
    'Not graded: something that is not your doing kept it from being judged. Your grader will run it again.'
  writeFileSync(results, `${JSON.stringify({ output, output_format: 'text', tests: [] }, null, 2)}\n`)
  process.stderr.write(`${error}\n`)
} finally {
  rmSync(work, { recursive: true, force: true })
}
