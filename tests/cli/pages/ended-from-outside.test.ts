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
async function underWay(cwd: string, flags: readonly string[] = []) {
  writeFileSync(join(cwd, 'labs.yaml'), 'labs: []\n')
  writeFileSync(join(cwd, 'page.md'), page.replace('"Statement":[]', trust))
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

    test('kill -9: another process takes it back, and the next run takes the home away', {
      timeout: 120_000,
    }, async () => {
      const cwd = temporaryFolder()
      const { child, ended, runs } = await underWay(cwd)
      child.kill('SIGKILL')
      await ended
      const [run = ''] = scratchOf(runs)
      // Nobody is left who could end what the page was running.
      process.kill(Number(readFileSync(join(runs, run, 'page/home/begun'), 'utf8')))
      const teardown = await labProcess(['teardown'], { cwd })
      expect({ ...teardown, stdout: teardown.stdout.includes('of-the-page') }).toMatchObject({
        exitCode: 0,
        stdout: true,
      })
      writeFileSync(join(cwd, 'page.md'), '```bash\ntrue\n```\n')
      expect((await labProcess(['run', 'page.md'], { cwd })).exitCode).toBe(0)
      expect(scratchOf(runs)).toEqual([])
    })
  },
)
