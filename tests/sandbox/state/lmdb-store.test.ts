import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openState, type StateFile } from '../../../sandbox/state/lmdb-store.ts'
import { onceFor, table } from '../../../sandbox/state/store.ts'

const things = table<{ n: number }>('thing')
const others = table<string>('thin')

let directory: string
let state: StateFile
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'accesslab-state-'))
  state = openState(directory)
})
afterEach(async () => {
  await state.close()
  rmSync(directory, { recursive: true, force: true })
})

const keys = (prefix: string[], after?: string[]): string[] =>
  state.read(store => Array.from(store.list(things, prefix, after), ({ key }) => key.join('/')))

describe('what is stored', () => {
  beforeEach(() =>
    state.write(store => {
      for (const [n, key] of [
        ['a', 'x'],
        ['a', 'y', 'z'],
        ['a', 'y'],
        ['ab', 'x'],
        ['é', '€'],
      ].entries()) {
        store.put(things, { n }, ...key)
      }
      store.put(others, 'of another table', 'a', 'x')
    }),
  )

  test.each([
    ['all, part by part', [], undefined, ['a/x', 'a/y', 'a/y/z', 'ab/x', 'é/€']],
    ['a first part, not what only begins so', ['a'], undefined, ['a/x', 'a/y', 'a/y/z']],
    ['after a key', ['a'], ['a', 'x'], ['a/y', 'a/y/z']],
    ['after a key that is not there', ['a'], ['a', 'xx'], ['a/y', 'a/y/z']],
    ['nothing', ['b'], undefined, []],
  ])('is listed: %s', (_title, prefix, after, expected) => {
    expect(keys(prefix, after)).toEqual(expected)
  })

  test('is read, replaced and removed', () => {
    expect(state.read(store => store.get(things, 'a', 'y'))).toEqual({ n: 2 })
    expect(state.write(store => store.remove(things, 'a', 'y'))).toBe(true)
    expect(state.write(store => store.remove(things, 'a', 'y'))).toBe(false)
    expect(state.read(store => store.get(things, 'a', 'y'))).toBeUndefined()
  })

  test('a write that throws leaves nothing', () => {
    expect(() =>
      state.write(store => {
        store.put(things, { n: 9 }, 'new')
        store.remove(things, 'a', 'x')
        expect(store.get(things, 'new')).toEqual({ n: 9 })
        throw new Error('refused')
      }),
    ).toThrow('refused')
    expect(keys([])).toEqual(['a/x', 'a/y', 'a/y/z', 'ab/x', 'é/€'])
  })

  test('a reading operation cannot write', () => {
    expect(() => state.read(store => store.put(things, { n: 1 }, 'x'))).toThrow('wrote to thing')
  })

  test('replace empties it and seeds in one go; when the seed throws, all stays', () => {
    expect(() =>
      state.replace(() => {
        throw new Error('no seed')
      }),
    ).toThrow('no seed')
    expect(keys([])).toHaveLength(5)
    state.replace(store => store.put(things, { n: 1 }, 'seed'))
    expect(keys([])).toEqual(['seed'])
    expect(state.read(store => store.get(others, 'a', 'x'))).toBeUndefined()
  })

  test('a second opening in the same process sees it, and closing it harms nobody', async () => {
    const second = openState(directory)
    expect(second.read(store => store.get(things, 'a', 'x'))).toEqual({ n: 0 })
    await second.close()
    expect(keys(['a'])).toHaveLength(3)
    state.write(store => store.put(things, { n: 1 }, 'later'))
    expect(keys(['later'].slice(1))).toContain('later')
  })
})

describe('what was read is kept while nothing changes', () => {
  beforeEach(() => state.write(store => store.put(things, { n: 1 }, 'a', 'x')))

  const once = () => state.read(store => store.get(things, 'a', 'x'))
  const all = () => state.read(store => [...store.list(things, ['a'])])
  const made = (make: () => number) => state.read(store => onceFor(store, 'made', make))

  test('the record, a short list and what was made of them are the same objects, and frozen', () => {
    expect(once()).toBe(once())
    expect(all()[0]).toBe(all()[0])
    expect(Object.isFrozen(once())).toBe(true)
    expect(Object.isFrozen(all()[0]?.value)).toBe(true)
    expect(made(() => 1)).toBe(1)
    expect(made(() => 2)).toBe(1)
  })

  test.each<[string, (other: StateFile) => void, unknown[]]>([
    ['a write', other => other.write(store => store.put(things, { n: 2 }, 'a', 'x')), [{ n: 2 }]],
    ['a removal', other => other.write(store => store.remove(things, 'a', 'x')), []],
    ['a replacement', other => other.replace(store => store.put(things, { n: 3 }, 'a', 'y')), [{ n: 3 }]],
  ])('%s of another process ends it', async (_title, change, left) => {
    const other = openState(directory)
    once()
    all()
    made(() => 1)
    change(other)
    expect(all().map(({ value }) => value)).toEqual(left)
    expect(state.read(store => ['x', 'y'].flatMap(key => store.get(things, 'a', key) ?? []))).toEqual(left)
    expect(made(() => 2)).toBe(2)
    await other.close()
  })

  test('a write that throws ends nothing and leaves nothing', () => {
    const before = once()
    expect(() =>
      state.write(store => {
        store.put(things, { n: 2 }, 'a', 'x')
        throw new Error('refused')
      }),
    ).toThrow('refused')
    expect(once()).toBe(before)
  })

  test('a list that its reader left early, and a long one, are read anew', () => {
    state.write(store => {
      for (let n = 0; n < 30; n++) store.put(things, { n }, 'b', String(n).padStart(2, '0'))
    })
    const first = () => state.read(store => store.list(things, ['b'])[Symbol.iterator]().next().value?.value)
    expect(first()).toEqual({ n: 0 })
    expect(state.read(store => [...store.list(things, ['b'])])).toHaveLength(30)
    expect(state.read(store => [...store.list(things, ['b'])])).toHaveLength(30)
  })

  test('what is made while writing is made each time', () => {
    state.write(store => {
      expect(onceFor(store, 'made', () => 1)).toBe(1)
      expect(onceFor(store, 'made', () => 2)).toBe(2)
    })
  })
})

test.each([
  ['a zero byte', ['a\u0000b'], /zero byte/],
  ['too many bytes', ['é'.repeat(1000)], /bytes long/],
])('a key with %s is refused', (_title, key, message) => {
  expect(() => state.read(store => store.get(things, ...key))).toThrow(message)
})

test.each([
  [
    'no state',
    (path: string) => writeFileSync(path, 'x'.repeat(9000)),
    /cannot be opened: the file is not a state file$/,
  ],
  ['cut short', (path: string) => truncateSync(path, 8192), /cut short: it has 8192 bytes, expected \d+$/],
  ['cut within its first pages', (path: string) => truncateSync(path, 4200), /its second page is damaged$/],
])('a file that is %s gives one clear error', async (_title, damage, message) => {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-state-'))
  const whole = openState(folder)
  whole.write(store => store.put(things, { n: 1 }, 'x'))
  await whole.close()
  damage(join(folder, 'state.mdb'))
  expect(() => openState(folder)).toThrow(message)
  rmSync(folder, { recursive: true, force: true })
})

/** The same calls as lmdb-store.ts makes, in plain JavaScript: Node 20 does not run TypeScript. */
const writer = (path: string): string => `
  import { open } from ${JSON.stringify(import.meta.resolve('lmdb'))}
  const database = open({ path: ${JSON.stringify(path)}, keyEncoding: 'binary', encoding: 'json', cache: false })
  for (let n = 0; ; n += 1) {
    database.transactionSync(() => {
      database.put(Buffer.from('thing\\0first\\0' + String(n).padStart(9, '0')), { n })
      database.put(Buffer.from('thing\\0second\\0' + String(n).padStart(9, '0')), { n })
    })
    process.stdout.write(n + '\\n')
  }`

test('another process’s writes are seen at once, and kill -9 loses none that was acknowledged', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', writer(join(directory, 'state.mdb'))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let acknowledged = -1
  await new Promise<void>(resolve => {
    child.stdout.on('data', (chunk: Buffer) => {
      acknowledged = Number(chunk.toString().trim().split('\n').at(-1))
      expect(state.read(store => store.get(things, 'second', String(acknowledged).padStart(9, '0')))).toEqual({
        n: acknowledged,
      })
      if (acknowledged > 300) child.kill('SIGKILL')
    })
    child.on('close', () => resolve())
  })
  const first = keys(['first'])
  expect(first.length).toBeGreaterThan(acknowledged)
  expect(keys(['second'])).toHaveLength(first.length)
})
