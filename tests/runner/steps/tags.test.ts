import { expect, test } from 'vitest'
import { stepKinds } from '../../../runner/index.ts'

const tagged = stepKinds.filter(({ sweep }) => sweep !== undefined)

test('what can be swept by its tags is what a step can give tags to', () =>
  expect(tagged.map(({ kind }) => kind).sort()).toEqual([
    'create-policy',
    'create-repository',
    'create-role',
    'create-user',
  ]))

test.each(tagged)('$kind: a step cannot write the tags that prove what is ours', ({ schema, example }) => {
  const withTags = (tags: Record<string, string>) => schema.safeParse({ ...(example as object), tags })
  expect(withTags({ owner: 'me', 'aws:x': 'AWS refuses it itself' }).success).toBe(true)
  expect(withTags({ 'accesslab:run': 'x' }).error?.issues[0]?.path).toEqual(['tags', 'accesslab:run'])
})
