import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Denial, parseDenial, policyTypes } from '../../../assertions/index.ts'
import { damages, type Generated, generatedDenial, sentenceOf, wrappers } from './generated-denials.ts'

/** Fields that were read as something they are not. A field at a text's cut may be the beginning of the true one. */
const wrongFields = ({ text, truth, cutEnd }: Generated): string[] => {
  const got = parseDenial(text)
  return (Object.keys(truth) as (keyof Denial)[]).flatMap(field => {
    const [value, wanted] = [got[field], truth[field]]
    const isCut = cutEnd && value !== null && wanted?.startsWith(value) === true
    return value === null || value === wanted || isCut ? [] : [`${field}: ${value}, not ${wanted}`]
  })
}

test('50,000 damaged messages: each field is right or null', () => {
  fc.assert(
    fc.property(generatedDenial, generated => {
      const wrong = wrongFields(generated)
      if (wrong.length > 0) throw new Error(`${generated.damage}: ${wrong.join(', ')}`)
    }),
    { numRuns: 50_000, seed: 20_260_801 },
  )
})

const parts = {
  principal: 'arn:aws:sts::111122223333:assumed-role/reader/Practice',
  target: ['ecr:ListImages', 'arn:aws:ecr:us-west-2:111122223333:repository/team-b/alpine'] as const,
  policyArn: 'arn:aws:iam::111122223333:policy/NoList',
  suffix: 0,
}

const cases = policyTypes.flatMap(type =>
  (['implicitDeny', 'explicitDeny'] as const).map(decision => ({ type, decision })),
)

test.each(wrappers)('undamaged, each policy type and decision is read: $name', wrapper => {
  for (const { type, decision } of cases) {
    const { text, truth } = sentenceOf({ ...parts, type, decision, wrapper })
    expect(parseDenial(text)).toMatchObject({ ...truth, isDenial: true })
  }
})

const harmless = Object.keys(damages).filter(name => /quotes|leader/.test(name))

test.each(harmless)('%s take nothing away', name => {
  for (const wrapper of wrappers) {
    for (const { type, decision } of cases) {
      const { text, truth } = sentenceOf({ ...parts, type, decision, wrapper })
      expect(parseDenial(damages[name]?.(text, 0, 0, '') ?? '')).toMatchObject({ ...truth, isDenial: true })
    }
  }
})

test.each(['\n', ' \n', '\n│ ', '\n// ', '\\n'])(
  'a line break %j at any place of the sentence takes nothing away',
  how => {
    const bare = wrappers[0]
    if (bare === undefined) throw new Error('no wrapper')
    for (const type of policyTypes) {
      const { text, truth } = sentenceOf({ ...parts, type, decision: 'implicitDeny', wrapper: bare })
      for (let at = 1; at < text.length; at++) {
        expect(parseDenial(text.slice(0, at) + how + text.slice(at)), text.slice(0, at)).toMatchObject(truth)
      }
    }
  },
)

test.each(['\n', ''])('with %j behind it, a text cut at any place names what stands before the cut', dots => {
  const bare = wrappers[0]
  if (bare === undefined) throw new Error('no wrapper')
  const { text, truth } = sentenceOf({ ...parts, type: 'session policy', decision: 'implicitDeny', wrapper: bare })
  for (let at = text.indexOf(' on resource'); at < text.length; at++) {
    const { principal, action, isDenial } = parseDenial(text.slice(0, at) + dots)
    expect({ principal, action, isDenial }).toEqual({
      principal: truth.principal,
      action: truth.action,
      isDenial: true,
    })
  }
})
