import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Import, importsOf, packageOf, projectFiles, root, sources } from './source-files.ts'

/** Who may import whom; absent means forbidden. */
const arrows: Record<string, readonly string[]> = {
  cli: ['runner', 'reports', 'sandbox', 'assertions', 'policy'],
  runner: ['assertions', 'policy'],
  reports: ['assertions'],
  sandbox: ['policy'],
  assertions: [],
  policy: [],
}
const rooms = Object.keys(arrows)
const room = (file: string) => file.split('/')[0] ?? ''
const edges = rooms.flatMap(sources).flatMap(file => importsOf(file).map(found => ({ from: file, ...found })))
const told = ({ from, specifier }: Import & { from: string }) => `${from} imports ${specifier}`

/** The version is put in by the bundler; it is no variable of the environment. */
const readsEnvironment = (file: string): boolean =>
  /process\.env(?!\.ACCESSLAB_VERSION)/.test(readFileSync(join(root, file), 'utf8'))

test('every room is known and holds sources', () => {
  const folders = new Set(projectFiles.filter(file => /\.ts$/.test(file) && file.includes('/')).map(room))
  expect([...folders].filter(folder => !rooms.includes(folder)).sort()).toEqual(
    ['benchmarks', 'scripts', 'tests'].filter(folder => folders.has(folder)),
  )
  for (const name of rooms) expect(sources(name).length, name).toBeGreaterThan(0)
})

test('arrows point only where the house allows', () => {
  const wrong = edges.filter(
    ({ from, file }) => file !== null && room(file) !== room(from) && !arrows[room(from)]?.includes(room(file)),
  )
  expect(wrong.map(told)).toEqual([])
})

test('reports take types only', () => {
  expect(
    edges
      .filter(
        ({ from, file, typeOnly }) =>
          room(from) === 'reports' && file !== null && room(file) !== 'reports' && !typeOnly,
      )
      .map(told),
  ).toEqual([])
})

test.each(['policy', 'assertions'])('%s imports nothing but itself, not even node', name => {
  expect(
    edges.filter(({ from, file }) => room(from) === name && (file === null || room(file) !== name)).map(told),
  ).toEqual([])
})

test('only runner/aws and the sandbox’s wire import the SDK', () => {
  const wrong = edges.filter(
    ({ from, specifier, typeOnly }) =>
      specifier.startsWith('@aws-sdk/') && !typeOnly && !/^(runner\/aws|sandbox\/wire)\//.test(from),
  )
  expect(wrong.map(told)).toEqual([])
})

test('relative imports name a file that is there', () => {
  expect(edges.filter(({ file }) => file !== null && !projectFiles.includes(file)).map(told)).toEqual([])
})

test('no cycle of value imports', () => {
  const next = new Map<string, string[]>()
  for (const { from, file, typeOnly } of edges)
    if (file !== null && !typeOnly) next.set(from, [...(next.get(from) ?? []), file])
  const cycles: string[] = []
  const state = new Map<string, 'open' | 'done'>()
  const visit = (file: string, path: readonly string[]) => {
    if (state.get(file) === 'done') return
    if (state.get(file) === 'open') {
      cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      return
    }
    state.set(file, 'open')
    for (const target of next.get(file) ?? []) visit(target, [...path, file])
    state.set(file, 'done')
  }
  for (const file of next.keys()) visit(file, [])
  expect(cycles).toEqual([])
})

test('the environment is read in one file', () => {
  const readers = rooms.flatMap(sources).filter(readsEnvironment)
  expect(readers).toEqual(['cli/world.ts'])
})

test('files bear no catch-all names', () => {
  expect(projectFiles.filter(file => /(^|\/)(utils?|helpers?|types|common|misc)\.ts$/.test(file))).toEqual([])
})

test('dependencies are those imported, and the other way round', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const imported = (folders: readonly string[]) =>
    new Set(
      folders
        .flatMap(sources)
        .flatMap(importsOf)
        .filter(({ file, specifier }) => file === null && !specifier.startsWith('node:'))
        .map(({ specifier }) => packageOf(specifier)),
    )
  const runtime = imported(rooms)
  expect([...runtime].sort()).toEqual(Object.keys(manifest.dependencies).sort())
  const known = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)]
  expect([...imported(['tests', 'benchmarks', 'scripts'])].filter(name => !known.includes(name))).toEqual([])
})
