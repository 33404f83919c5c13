import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { newCatalogue, withEntry } from '../../../cli/init/catalogue-entry.ts'
import { LabError } from '../../../runner/lab-error.ts'

test.each([
  ['block list', 'labs:\n  - a\n  - b\ntarget: sandbox\n', 'labs:\n  - a\n  - b\n  - new\ntarget: sandbox\n'],
  ['its comments stay', '# ours\nlabs:\n- a # first\n\n# end\n', '# ours\nlabs:\n- a # first\n- new\n\n# end\n'],
  ['no line end', 'labs:\n  - a', 'labs:\n  - a\n  - new\n'],
  ['flow list', 'labs: [a, "b" ] # two\n', 'labs: [a, "b", new ] # two\n'],
  ['empty list', 'labs: []\n', 'labs: [new]\n'],
  ['no list', 'target: sandbox\n', 'target: sandbox\nlabs:\n  - new\n'],
  ['nothing', '', 'labs:\n  - new\n'],
  ['it is listed', 'labs: [a, new]\n', 'labs: [a, new]\n'],
])('%s', (_, before, after) => expect(withEntry(before, 'new')).toBe(after))

test.each(['labs: some\n', 'labs: {a: 1}\n', 'labs: [a\n'])('%j is refused', text => {
  expect(() => withEntry(text, 'new')).toThrow(LabError)
})

describe.each(['1', '007', '1e3', '0x1f', '0o7', 'true', 'null', 'yes', '2026-01-01'])('%s is listed as a text', id => {
  test.each(['labs:\n  - a\n', 'labs: [a]\n', 'labs: []\n', '', 'labs: [a, 1]\n'])('in %j', before => {
    const after = withEntry(before, id)
    expect(parse(after).labs.at(-1)).toBe(id)
    expect(withEntry(after, id)).toBe(after)
  })
  test('in a new one', () => expect(parse(newCatalogue(id))).toEqual({ labs: [id] }))
})
