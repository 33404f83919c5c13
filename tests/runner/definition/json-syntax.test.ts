import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonFault } from '../../../runner/definition/json-syntax.ts'

const parses = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

test('agrees with JSON.parse on JSON', () => {
  fc.assert(fc.property(fc.json(), text => jsonFault(text) === null))
})

test('agrees with JSON.parse on JSON with a character changed', () => {
  const change = fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[]",:\\0-.eE\n x'))
  fc.assert(
    fc.property(change, ([text, at, character]) => {
      const index = at % (text.length + 1)
      const changed = text.slice(0, index) + character + text.slice(index + 1)
      return (jsonFault(changed) === null) === parses(changed)
    }),
  )
})

test('does not choke on nesting', () =>
  expect(jsonFault('{"a":'.repeat(50_000))).toMatchObject({ message: 'values are nested deeper than 100 levels' }))
