import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { BashSession } from '../../../../runner/pages/session/bash-session.ts'

function session(signal = new AbortController().signal) {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-session-'))
  const made = new BashSession({
    folder: join(folder, 'session'),
    cwd: join(folder, 'home'),
    env: { PATH: process.env.PATH ?? '', HOME: join(folder, 'home') },
    signal,
  })
  onTestFinished(async () => {
    await made.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return made
}

test('what a command sets, the next one finds', async () => {
  const shell = session()
  for (const [text, stdout, exitCode] of [
    ['X="a  b"; f() { echo "f $X"; }; alias g="echo aliased"; cd /; false', '', 1],
    ['echo $?', '1\n', 0],
    ['f; pwd; g', 'f a  b\n/\naliased\n', 0],
    ["export Y=1; bash -c 'echo $Y'", '1\n', 0],
    ['cat; read x || echo none', 'none\n', 0],
    ['set -o pipefail; false | true', '', 1],
    ['printf "no newline"', 'no newline', 0],
    ['echo out; echo err >&2', 'out\n', 0],
    ['cat <<EOF\n$X\nEOF', 'a  b\n', 0],
  ] as const)
    expect([text, await shell.run(text, 20_000)]).toEqual([
      text,
      expect.objectContaining({ end: 'done', stdout, exitCode }),
    ])
  expect((await shell.run('echo err >&2', 20_000)).stderr).toBe('err\n')
})

test.each(['exit 3', '(exit 3); exit', 'set -e; (exit 3); echo never', 'trap "exit 3" EXIT; exit'])(
  '%s ends the shell, and the next one goes on where it was',
  async text => {
    const shell = session()
    await shell.run('X=kept; cd /tmp', 20_000)
    expect(await shell.run(text, 20_000)).toMatchObject({ end: 'ended', exitCode: 3 })
    expect(await shell.run('echo $X; pwd', 20_000)).toMatchObject({ end: 'done', stdout: 'kept\n/tmp\n' })
  },
)

test('a time limit kills what runs, and the next command finds its variables', async () => {
  const shell = session()
  await shell.run('X=1', 20_000)
  expect(await shell.run('echo begun; sleep 60', 200)).toMatchObject({
    end: 'timeout',
    exitCode: null,
    stdout: 'begun\n',
  })
  expect(await shell.run('echo $X', 20_000)).toMatchObject({ end: 'done', stdout: '1\n' })
})

test('a job in the background is not waited for, and ends with the session', async () => {
  const shell = session()
  const { stdout } = await shell.run('sleep 60 & echo $!', 20_000)
  const pid = Number(stdout)
  expect(process.kill(pid, 0)).toBe(true)
  await shell.close()
  await expect.poll(() => alive(pid), { timeout: 20_000 }).toBe(false)
})

test('an interrupt kills what runs', async () => {
  const controller = new AbortController()
  const shell = session(controller.signal)
  const running = shell.run('echo $BASHPID; sleep 60', 20_000)
  setTimeout(() => controller.abort(), 100)
  expect(await running).toMatchObject({ end: 'interrupted', exitCode: null })
})

/** A process that nobody has asked for its status yet is listed, and gone. */
function alive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false
  }
}
