import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tryLock } from '../../../runner/profiles/lock-file.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accesslab-lock-'))
  file = join(folder, 'lock.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const nobody = 2 ** 22 + 1
const dead = (id: string) => JSON.stringify({ pid: nobody, host: hostname(), id })
const taken = async () => 'release' in (await tryLock(file))

/** Asks as a waiting process does. */
async function takenAtLast(): Promise<boolean> {
  for (let n = 0; n < 10; n += 1) if (await taken()) return true
  return false
}

test('one holds it, the next is told who, and has it after the release', async () => {
  const first = await tryLock(file)
  expect(await tryLock(file)).toMatchObject({ holder: { pid: process.pid, host: hostname() } })
  if ('release' in first) await first.release()
  expect(await readdir(folder)).toEqual([])
  expect(await taken()).toBe(true)
})

test('a dead holder, and one who died while taking it over from another', async () => {
  await writeFile(file, dead('first'))
  await writeFile(`${file}.first`, dead('second'))
  expect(await takenAtLast()).toBe(true)
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ pid: process.pid })
  expect(await readdir(folder)).toEqual(['lock.json'])
})

test('a process number that came again is not the process it was', async () => {
  await writeFile(file, JSON.stringify({ pid: process.pid, host: hostname(), born: 1, id: 'before' }))
  expect(await takenAtLast()).toBe(true)
})

test.runIf(process.platform === 'linux')(
  'a process number that another program has now is not waited for longer than it is silent',
  async () => {
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
    const now = Date.now()
    const long = new Date(now - 60_000)
    const heldSince = async (born?: number) => {
      await writeFile(file, JSON.stringify({ pid: child.pid, host: hostname(), born, id: 'before' }))
      await utimes(file, long, long)
    }
    try {
      for (const born of [now, undefined]) {
        await heldSince(born)
        expect(await takenAtLast()).toBe(false)
      }
      await heldSince(1)
      expect(await takenAtLast()).toBe(true)
      await heldSince(1)
      await utimes(file, new Date(), new Date())
      expect(await takenAtLast()).toBe(false)
    } finally {
      child.kill()
    }
  },
)

test.each([
  ['a holder elsewhere', JSON.stringify({ pid: nobody, host: 'elsewhere', id: 'other' })],
  [
    'a holder in another container of this name',
    JSON.stringify({ pid: nobody, host: hostname(), processes: 'pid:[1]', id: 'other' }),
  ],
  ['a file that says nothing', ''],
  ['a file that names no place for its removal', JSON.stringify({ pid: nobody, host: hostname(), id: '../x' })],
])('%s is waited for while it is touched, and not for ever', async (_, text) => {
  await writeFile(file, text)
  expect(await takenAtLast()).toBe(false)
  const long = new Date(Date.now() - 60_000)
  await utimes(file, long, long)
  expect(await takenAtLast()).toBe(true)
})

test('many processes that die with it in their hands: never two at once, and nobody waits for the dead', async () => {
  const program = join(folder, 'holder.cjs')
  buildSync({
    stdin: { contents: holder, resolveDir: resolve(import.meta.dirname, '../../../runner/profiles'), loader: 'ts' },
    bundle: true,
    platform: 'node',
    outfile: program,
    logLevel: 'error',
  })
  await writeFile(file, dead('first'))
  const ends = await Promise.all(
    Array.from(
      { length: 12 },
      (_, index) =>
        new Promise<string>(ended => {
          const child = spawn(process.execPath, [program, file, String(index % 3 === 0 ? 40 : 10 + index)])
          let out = ''
          for (const stream of [child.stdout, child.stderr])
            stream.on('data', chunk => {
              out += chunk
            })
          child.on('close', (code, signal) => ended(out || (signal ?? String(code))))
        }),
    ),
  )
  expect(ends).toEqual(ends.map((_, index) => (index % 3 === 0 ? '0' : 'SIGKILL')))
})

/** Takes the lock forty times; dies holding it at the turn it was told. What it does inside fails when another is inside. */
const holder = `
  import { openSync, closeSync, unlinkSync } from 'node:fs'
  import { setTimeout } from 'node:timers/promises'
  import { tryLock } from './lock-file.ts'
  const [, , file = '', dies] = process.argv
  const take = async () => {
    for (;;) {
      const taken = await tryLock(file)
      if ('release' in taken) return taken.release
      await setTimeout(Math.random() * 3)
    }
  }
  const main = async () => {
    for (let turn = 0; turn < 40; turn += 1) {
      const release = await take()
      closeSync(openSync(file + '.inside', 'wx'))
      await setTimeout(0)
      unlinkSync(file + '.inside')
      if (String(turn) === dies) process.kill(process.pid, 'SIGKILL')
      await release()
    }
  }
  main().catch(error => { console.error(error); process.exitCode = 1 })`
