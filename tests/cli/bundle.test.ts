import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { bin, labProcess, startLab } from './process.ts'
import { packageFolder, temporaryFolder } from './world-for-tests.ts'

const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))

test('--version is the package’s', async () => {
  expect(await labProcess(['--version'], { cwd: temporaryFolder() })).toEqual({
    exitCode: 0,
    stdout: `${version}\n`,
    stderr: '',
  })
})

test('--help loads one file of a few kilobytes, list and explain one more', () => {
  const plain = readdirSync(dirname(bin)).find(file => /^plain-\w+\.cjs$/.test(file)) ?? ''
  for (const [file, most] of [
    [bin, 16_000],
    [join(dirname(bin), plain), 80_000],
  ] as const) {
    expect(statSync(file).size).toBeLessThan(most)
    // Nothing but Node's own is loaded with it.
    const required = [...readFileSync(file, 'utf8').matchAll(/require\("([^"]+)"\)/g)].map(([, name = '']) => name)
    expect(required.filter(name => !name.startsWith('node:') && !name.startsWith('./'))).toEqual([])
  }
})

test('a reader that stops reading is no error', () => {
  const script = `"${process.execPath}" "${bin}" show identity-policies --format cli | head -1`
  expect(execFileSync('sh', ['-c', script], { cwd: temporaryFolder(), encoding: 'utf8' })).toMatch(
    /^# ecr-repositories/,
  )
})

test.each([
  ['run', 'ecr-repositories', '--teardown', '--json'],
  ['run', '--json'],
])('a reader of both streams that stops reading changes neither the run nor its exit code: %s %s', (...args) => {
  const cwd = temporaryFolder()
  const script = `{ "${process.execPath}" "${bin}" ${args.join(' ')} 2>&1; echo $? >code; } | true; "${process.execPath}" "${bin}" status`
  expect(execFileSync('sh', ['-c', script], { cwd, encoding: 'utf8' })).toBe('nothing is left of any run\n')
  expect(readFileSync(join(cwd, 'code'), 'utf8')).toBe(args.length > 2 ? '0\n' : '2\n')
})

/** A lab that waits long enough to be interrupted. */
function slowLab(): string {
  const cwd = temporaryFolder()
  mkdirSync(join(cwd, 'labs/slow'), { recursive: true })
  writeFileSync(join(cwd, 'labs.yaml'), 'labs: [slow]\n')
  writeFileSync(
    join(cwd, 'labs/slow/lab.yaml'),
    `id: slow
title: A lab that waits
steps:
  - id: repository
    create-repository: { repository-name: slow/one }
  - id: pause
    wait: 50s
  - id: list
    list-images: { repository-name: slow/one }
`,
  )
  return cwd
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the run, cleans up with --teardown, and is 130', async signal => {
  const cwd = slowLab()
  const run = startLab(['run', 'slow', '--teardown'], { cwd })
  await run.says('✔ create-repository')
  run.child.kill(signal)
  const { exitCode, stdout, stderr } = await run.ended
  expect(exitCode).toBe(130)
  expect(stderr).toContain('interrupted')
  expect(stdout).toMatch(/removed +repository +slow\/one/)
  expect((await labProcess(['status'], { cwd })).stdout).toBe('nothing is left of any run\n')
})

test('without --teardown what was made stays, and is listed', async () => {
  const cwd = slowLab()
  const run = startLab(['run', 'slow', '--json'], { cwd })
  run.child.stderr?.on('data', (text: string) => {
    if (text.includes('✔ create-repository')) run.child.kill('SIGINT')
  })
  const { exitCode, stdout } = await run.ended
  expect(exitCode).toBe(130)
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: 130, leftovers: [{ type: 'repository', name: 'slow/one' }] })
  expect((await labProcess(['status'], { cwd })).stdout).toContain('slow/one')
})
