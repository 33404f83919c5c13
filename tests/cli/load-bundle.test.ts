import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import Module from 'node:module'
import { basename, dirname, join } from 'node:path'
import { Script } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { loadBundle } from '../../cli/load-bundle.ts'
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
    expect(loadBundle<{ main(): string }>(bundle(kept)).main()).toBe('main-ABC.cjs')
  })
})

describe('what the build keeps', () => {
  const files = readdirSync(dirname(bin)).map(file => join(dirname(bin), file))
  const bundles = files.filter(file => file.endsWith('.cjs'))
  const keptOf = (path: string) => files.filter(file => file.startsWith(`${path}.v`))

  test('is one file of each bundle, of one Node', () => {
    expect(bundles.map(path => [basename(path).replace(/-.*/, ''), keptOf(path).length])).toEqual([
      ['main', 1],
      ['plain', 1],
    ])
  })

  // Where this is the Node that built.
  test.each(bundles.filter(path => keptOf(path).includes(beside(path))))('is taken by V8 as it is: %s', path => {
    const script = `const [, path, kept] = process.argv, { readFileSync } = fs
      const { cachedDataRejected } = new vm.Script(module.constructor.wrap(readFileSync(path, 'latin1')), { cachedData: readFileSync(kept) })
      console.log(cachedDataRejected)`
    expect(execFileSync(process.execPath, ['-e', script, path, beside(path)], { encoding: 'utf8' })).toBe('false\n')
  })

  test('is not the table of IAM’s actions, which only lab check runs', () => {
    const [main = ''] = bundles
    const has = (path: string, text: string) => readFileSync(path).includes(text)
    expect(['ecr:ListImages', 'aidevops'].map(text => [has(main, text), has(keptOf(main)[0] ?? '', text)])).toEqual([
      [true, true],
      [true, false],
    ])
  })
})
