import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../../assertions/index.ts'
import { lab, temporaryFolder } from '../world-for-tests.ts'

const hasBash = (() => {
  try {
    execFileSync('bash', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

const block = (...lines: string[]) => `\`\`\`bash\n${lines.join('\n')}\n\`\`\`\n\n`
const shows = (...lines: string[]) => `The output looks like this:\n\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n\n`

/** Runs a page of these parts in a folder without labs, in an environment with a person's secrets. */
async function ran(parts: readonly string[], flags: readonly string[] = [], name = 'page.md') {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'home'))
  writeFileSync(join(cwd, 'labs.yaml'), 'labs: []\n')
  writeFileSync(join(cwd, name), parts.join(''))
  const env = { PATH: process.env.PATH, HOME: join(cwd, 'home'), MY_TOKEN: 'of-the-person', AWS_PROFILE: 'mine' }
  const { exitCode, stdout, stderr } = await lab(['run', name, '--json', ...flags], { cwd, env })
  const report = JSON.parse(stdout) as Report
  const steps = report.labs.at(-1)?.steps ?? []
  return { cwd, exitCode, stderr, steps, statuses: steps.map(({ id, status }) => `${id} ${status}`) }
}

describe.skipIf(!hasBash)('the shell of a page (needs bash)', () => {
  test('a home of its own, and nothing of the person', async () => {
    const { cwd, exitCode, steps } = await ran([
      block('echo "${MY_TOKEN:-no token} ${AWS_PROFILE:-no profile} $ACCOUNT_ID $AWS_REGION"'),
      shows('no token no profile 111122223333 us-east-1'),
      block('pwd; echo "$HOME"; touch ~/made'),
      block('cat; read -r x || echo nothing to read'),
      shows('nothing to read'),
    ])
    expect(exitCode).toBe(0)
    const [, home] = steps
    expect(home?.output).toMatchObject({ stdout: expect.stringMatching(/^(\S+\/\.lab\/runs\/\w+\/page\/home)\n\1\n$/) })
    expect(existsSync(join(cwd, 'home', 'made'))).toBe(false)
  })

  test('a command that fails ends the page, one that prints something else does not', async () => {
    const page = [block('echo one'), shows('two'), block('false'), block('echo never')]
    const { exitCode, statuses, steps } = await ran(page)
    expect({ exitCode, statuses }).toEqual({
      exitCode: 1,
      statuses: ['block-1 failed', 'block-2 failed', 'block-3 skipped'],
    })
    expect(steps[0]).toMatchObject({ line: 2, diff: [{ field: 'output', expected: 'two', actual: 'one' }] })
    expect(steps[2]?.hint).toBe('`block-2` did not come to be')
    expect((await ran(page, ['--fail-fast'])).statuses).toEqual([
      'block-1 failed',
      'block-2 skipped',
      'block-3 skipped',
    ])
    expect((await ran([block('echo one'), block('echo two')], ['--until', 'page.md/block-1'])).statuses).toEqual([
      'block-1 passed',
      'block-2 skipped',
    ])
  })

  test('a page that ends its shell goes on in another', async () => {
    const { exitCode, stderr, statuses } = await ran([
      block('X=kept', 'exit 0'),
      block('set -e', 'echo $X'),
      shows('kept'),
    ])
    expect({ exitCode, statuses }).toEqual({
      exitCode: 0,
      statuses: ['block-1 passed', 'block-1-2 passed', 'block-2 passed', 'block-2-2 passed'],
    })
    expect(stderr).toContain('page.md:3: block-1-2 ends the reader’s shell')
  })

  test('the background, what is left out, and a time limit', async () => {
    const { exitCode, stderr, statuses, steps } = await ran([
      `<!-- lab: background -->\n${block('while :; do echo beat > beat; sleep 0.05; done')}`,
      block('until [ -s beat ]; do sleep 0.05; done; cat beat'),
      shows('beat'),
      `<!-- lab: skip there is no browser -->\n${block('exit 9')}`,
      `<!-- lab: timeout 300ms -->\n${block('sleep 60')}`,
    ])
    expect({ exitCode, statuses }).toEqual({
      exitCode: 1,
      statuses: ['block-1 passed', 'block-2 passed', 'block-4 failed'],
    })
    expect(stderr).toMatch(/page\.md:\d+: left out: there is no browser/)
    expect(steps.at(-1)?.actual?.message).toBe('it did not end within 0.3 s')
  })

  test('a file of the reader is overwritten; a file beside the home is removed', async () => {
    const outside = join(temporaryFolder(), 'session.json')
    const { exitCode, stderr, steps } = await ran([
      block('echo "[x]" >> ~/.aws/config', 'echo x > ~/.bashrc'),
      block(`echo '{"SecretAccessKey": "0123456789abcdefghij"}' > ${outside}`, `cat ${outside}`),
    ])
    expect(exitCode).toBe(0)
    expect(stderr.match(/overwrites \S+/g)).toEqual(['overwrites ~/.bashrc:'])
    expect(steps[1]?.hint).toBe('block-1-2 overwrites ~/.bashrc: what a reader has in it is lost')
    expect(existsSync(outside)).toBe(false)
    expect(steps[3]?.output).toMatchObject({ stdout: '{"SecretAccessKey": "[secret]"}\n' })
  })

  test('a file that was there before is overwritten, and stays', async () => {
    const outside = join(temporaryFolder(), 'mine.txt')
    writeFileSync(outside, 'of the person')
    const { exitCode, stderr } = await ran([block(`echo x > ${outside}`, `echo y >> ${outside}`)])
    expect({ exitCode, text: readFileSync(outside, 'utf8') }).toEqual({ exitCode: 0, text: 'x\ny\n' })
    expect(stderr.match(/page\.md:\d: block-1\S* overwrites \S+/g)).toEqual([
      `page.md:2: block-1 overwrites ${outside},`,
    ])
  })

  test('a dry run leaves the files of this machine as they are', { timeout: 60_000 }, async () => {
    const outside = temporaryFolder()
    const cwd = temporaryFolder()
    const there = join(outside, 'there')
    writeFileSync(there, 'a\n')
    const lines = [
      `echo gone > ${there}`,
      `echo more >> ${there}`,
      `/bin/rm -f ${there}`,
      `{ echo gone; } > ${there}`,
      `F=${there}; echo gone > "$F"`,
      `echo gone >| ${there}`,
      `echo gone | tee ${there}`,
      `sed -i s/a/b/ ${there}`,
      `sed -n 'w ${there}' <<< gone`,
      `sort -o ${there} <<< gone`,
      `touch ${outside}/new`,
      `mkdir -p ${outside}/new`,
      `cd ${outside}; echo gone > there`,
      `awk 'BEGIN{system("touch ${outside}/new")}'`,
      `python3 -c 'open("${outside}/new","w")'`,
      `bash -c 'touch ${outside}/new'`,
      `env touch ${outside}/new`,
      `PATH=/usr/bin:/bin rm ${there}`,
      `export PATH=/usr/bin:/bin; rm ${there}`,
      `eval "rm ${there}"`,
    ]
    writeFileSync(join(cwd, 'labs.yaml'), 'labs: []\n')
    const inside = block(
      'mkdir -p sub && cd sub && echo 1 > x && echo 2 > x',
      'touch y | tee z; sed s/2/3/ x | sort',
      'probe-$(cat x)',
    )
    writeFileSync(join(cwd, 'page.md'), lines.map(line => block(line)).join('') + inside)
    const env = { PATH: process.env.PATH }
    const { exitCode, stdout } = await lab(['run', 'page.md', '--dry-run'], { cwd, env })
    expect({ exitCode, names: readdirSync(outside), text: readFileSync(there, 'utf8') }).toEqual({
      exitCode: 0,
      names: ['there'],
      text: 'a\n',
    })
    expect(stdout).toContain('not run in a dry run: probe-2\n')
    expect(stdout.match(/not run in a dry run: /g)?.length).toBeGreaterThanOrEqual(lines.length - 2)
  })

  test('Windows line ends, and a page whose name has spaces', async () => {
    const page = [block('cat <<EOF', 'a', 'EOF'), shows('a')].join('').replaceAll('\n', '\r\n')
    expect(await ran([page], [], 'my page.md')).toMatchObject({ exitCode: 0, statuses: ['block-1 passed'] })
  })
})
