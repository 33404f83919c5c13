import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { labProcess, startLab } from '../process.ts'
import { temporaryFolder } from '../world-for-tests.ts'

const missing = ['bash', 'aws'].find(program => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' })
    return false
  } catch {
    return true
  }
})

const page = `\`\`\`bash
aws iam create-role --role-name of-the-page --assume-role-policy-document '{"Version":"2012-10-17","Statement":[]}'
\`\`\`

\`\`\`bash
echo $$ > begun; exec sleep 600
\`\`\`
`

/** Starts a run of the page, and waits until its last command is under way. Gives the id of its process. */
async function underWay(cwd: string, flags: readonly string[] = [], before = 'true', after = 'true') {
  writeFileSync(join(cwd, 'labs.yaml'), 'labs: []\n')
  writeFileSync(
    join(cwd, 'page.md'),
    `${page.replace('"Statement":[]', trust).replace('echo $$', () => `${before}\necho $$`)}\n\`\`\`bash\n${after}\n\`\`\`\n`,
  )
  const started = startLab(['run', 'page.md', ...flags], { cwd })
  const runs = join(cwd, '.lab/runs')
  const begun = () => existsSync(runs) && readdirSync(runs).some(run => existsSync(join(runs, run, 'page/home/begun')))
  await expect.poll(begun, { timeout: 60_000 }).toBe(true)
  return { ...started, runs }
}

const trust =
  '"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]'
const scratchOf = (runs: string) => readdirSync(runs).filter(run => existsSync(join(runs, run, 'page')))

describe.skipIf(missing !== undefined)(
  `a page that is ended from outside (needs bash and aws${missing ? `: no ${missing}` : ''})`,
  () => {
    test('Ctrl-C: what runs is killed, what was made is taken back', { timeout: 120_000 }, async () => {
      const cwd = temporaryFolder()
      const { child, ended, runs } = await underWay(cwd, ['--teardown'])
      child.kill('SIGINT')
      const { exitCode, stdout } = await ended
      expect(exitCode).toBe(130)
      expect(stdout).toMatch(/removed +role +of-the-page/)
      expect(scratchOf(runs)).toEqual([])
      expect((await labProcess(['status'], { cwd })).stdout).toBe('nothing is left of any run\n')
    })

    test.each([
      ['teardown', ['teardown'], true],
      ['the next run', ['run', 'next.md'], false],
    ])('kill -9: %s takes away what the page left on this machine', { timeout: 120_000 }, async (_, argv, tornDown) => {
      const cwd = temporaryFolder()
      const outside = temporaryFolder()
      const [fresh, mine, later] = ['fresh', 'mine', 'later'].map(name => join(outside, name)) as [
        string,
        string,
        string,
      ]
      writeFileSync(mine, 'of the person\n')
      const { child, ended, runs } = await underWay(
        cwd,
        [],
        `echo 1 > ${fresh}; echo 1 >> ${mine}`,
        `echo 1 > ${later}`,
      )
      child.kill('SIGKILL')
      await ended
      const [run = ''] = scratchOf(runs)
      const page = join(runs, run, 'page')
      // Nobody is left who could end what the page was running.
      process.kill(Number(readFileSync(join(page, 'home/begun'), 'utf8')))
      const state = readFileSync(join(page, 'session/state'), 'utf8')
      expect(state).toContain('AWS_ACCESS_KEY_ID=')
      expect(state).not.toContain('AWS_SECRET_ACCESS_KEY=')
      // The command that would have written it had not begun: it is the person's.
      writeFileSync(later, 'of the person\n')
      expect(existsSync(fresh)).toBe(true)
      writeFileSync(join(cwd, 'next.md'), '```bash\ntrue\n```\n')
      const { exitCode, stdout } = await labProcess(argv, { cwd })
      expect({ exitCode, removed: stdout.includes('of-the-page') }).toEqual({ exitCode: 0, removed: tornDown })
      expect(stdout).toContain(`removed ${fresh}, which a page of run ${run} wrote`)
      expect({ scratch: scratchOf(runs), outside: readdirSync(outside).sort() }).toEqual({
        scratch: [],
        outside: ['later', 'mine'],
      })
    })
  },
)
