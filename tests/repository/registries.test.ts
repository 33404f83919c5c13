import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { stepKinds } from '../../runner/index.ts'
import { root, sources } from './source-files.ts'

/** A file that exports `defineStep(...)` is a step kind: its name is the kind's. */
const stepFiles = readdirSync(join(root, 'runner/steps'))
  .filter(file => /\bdefineStep\(\{/.test(readFileSync(join(root, 'runner/steps', file), 'utf8')))
  .map(file => basename(file, '.ts'))

test('runner/steps: the list is the folder', () => {
  expect(stepKinds.map(({ kind }) => kind).sort()).toEqual(stepFiles.sort())
})

test('every kind has an example that its own schema takes', () => {
  for (const { kind, example, schema, summary } of stepKinds) {
    expect(schema.safeParse(example).error?.issues ?? [], kind).toEqual([])
    expect(summary, kind).toMatch(/^[A-Z'].*[^.]$/)
  }
})

test('every kind says what it touches; of a program alone nothing is known', () => {
  const silent = stepKinds.filter(({ touches, example }) => touches(example) === null)
  expect(silent.map(({ kind }) => kind)).toEqual(['command'])
  const reads = stepKinds.flatMap(({ effect, kind, touches, example }) =>
    effect === 'changes' && !(touches(example) ?? [{ access: 'write' }]).some(({ access }) => access === 'write')
      ? [kind]
      : [],
  )
  expect(reads).toEqual([])
})

test('every kind is listed nowhere but in its own file and the index', () => {
  const engine = sources('runner/engine').map(file => readFileSync(join(root, file), 'utf8'))
  const named = stepKinds.filter(({ kind }) => engine.some(text => new RegExp(`kind\\s*===\\s*'${kind}'`).test(text)))
  expect(named).toEqual([])
})

test('labs.yaml is the labs folder', () => {
  const { labs } = parse(readFileSync(join(root, 'labs.yaml'), 'utf8')) as { labs: string[] }
  const folders = readdirSync(join(root, 'labs')).filter(name => existsSync(join(root, 'labs', name, 'lab.yaml')))
  expect([...labs].sort()).toEqual(folders.sort())
  for (const lab of labs) expect(existsSync(join(root, 'labs', lab, 'README.md')), lab).toBe(true)
})
