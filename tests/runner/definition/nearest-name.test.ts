import { expect, test } from 'vitest'
import { didYouMean, editDistance, nearestName } from '../../../runner/definition/nearest-name.ts'

test.each([
  ['', '', 0],
  ['a', '', 1],
  ['role', 'role', 0],
  ['role', 'rol', 1],
  ['role', 'rloe', 1],
  ['kitten', 'sitting', 3],
  ['ca', 'abc', 3],
])('%s to %s is %d', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance)
  expect(editDistance(b, a)).toBe(distance)
})

test.each([
  ['repositoryName', ['repository-name', 'image-tag'], 'repository-name'],
  ['policy_name', ['policy-name', 'policy-document'], 'policy-name'],
  ['x', ['repository-name'], null],
  ['abcdef', ['uvwxyz'], null],
  ['x'.repeat(5000), ['x'.repeat(5001)], null],
])('nearest to %s', (word, names, nearest) => expect(nearestName(word, names)).toBe(nearest))

test('a hint names the nearest, else what there is, else nothing', () => {
  expect(didYouMean('rol', ['role'])).toBe('did you mean `role`?')
  expect(didYouMean('zzz', ['a', 'b'], 'there are')).toBe('there are: `a`, `b`')
  expect(
    didYouMean(
      'zzz',
      Array.from({ length: 20 }, (_, index) => `name${index}`),
    ),
  ).toMatch(/`name11` and others$/)
  expect(didYouMean('zzz', [])).toBeNull()
})
