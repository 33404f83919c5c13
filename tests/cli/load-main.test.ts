import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import Module from 'node:module'
import { dirname, join } from 'node:path'
import { Script } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { loadMain } from '../../cli/load-main.ts'
import { bin } from './process.ts'
import { temporaryFolder } from './world-for-tests.ts'

const source = "exports.main = () => require('node:path').basename(__filename)"
const beside = (path: string) => `${path}.${process.version}-${process.arch}`
const compiled = (text: string) => new Script(Module.wrap(text)).createCachedData()

/** Written there, with this beside it. */
const bundle = (kept: Buffer | null): string => {
  const path = join(temporaryFolder(), 'main-ABC.cjs')
  writeFileSync(path, source)
  if (kept) writeFileSync(beside(path), kept)
  return path
}

describe('the bundle is loaded whatever lies beside it', () => {
  test.each([
    ['nothing', null],
    ['what V8 compiled of it', compiled(source)],
    ['an empty file', Buffer.alloc(0)],
    ['half of it', compiled(source).subarray(0, 100)],
    ['what V8 compiled of another', compiled('exports.main = () => 1')],
    ['something else', Buffer.from('no such thing'.repeat(100))],
  ])('%s', (_what, kept) => {
    expect(loadMain(bundle(kept)).main({} as never)).toBe('main-ABC.cjs')
  })
})

describe('what the build keeps', () => {
  const files = readdirSync(dirname(bin)).map(file => join(dirname(bin), file))
  const main = files.find(file => file.endsWith('.cjs')) ?? ''
  const [kept = '', ...others] = files.filter(file => file.startsWith(`${main}.`))

  test('is one file, of one Node', () => {
    expect([kept.startsWith(`${main}.v`), others]).toEqual([true, []])
  })

  test.skipIf(kept !== beside(main))('is taken by V8 as it is (where this is the Node that built)', () => {
    const script = `const [, path, kept] = process.argv, { readFileSync } = fs
      const { cachedDataRejected } = new vm.Script(module.constructor.wrap(readFileSync(path, 'latin1')), { cachedData: readFileSync(kept) })
      console.log(cachedDataRejected)`
    expect(execFileSync(process.execPath, ['-e', script, main, kept], { encoding: 'utf8' })).toBe('false\n')
  })

  test('is not the table of IAM’s actions, which only lab check runs', () => {
    const has = (path: string, text: string) => readFileSync(path).includes(text)
    expect(['ecr:ListImages', 'aidevops'].map(text => [has(main, text), has(kept, text)])).toEqual([
      [true, true],
      [true, false],
    ])
  })
})
