import { expect, test } from 'vitest'
import { importsOf, packageOf } from '../../repository/source-files.ts'

/** Commands are loaded when they are asked for. */
const later = 'cli/commands/index.ts'

/** Every package that is loaded with a file, by imports of values. */
function loadedWith(file: string, seen = new Set<string>(), packages = new Set<string>()): Set<string> {
  if (file === later || seen.has(file)) return packages
  seen.add(file)
  for (const { file: next, specifier, typeOnly } of importsOf(file)) {
    if (typeOnly || specifier.startsWith('node:')) continue
    if (next === null) packages.add(packageOf(specifier))
    else loadedWith(next, seen, packages)
  }
  return packages
}

test('lab explain starts without the packages that cost time', () => {
  expect([...loadedWith('cli/commands/explain.ts')]).toEqual([])
  expect([...loadedWith('cli/main.ts')]).toEqual(['commander'])
})
