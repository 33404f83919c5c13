import { array, assert as check, constantFrom, integer, property, record, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readProfile, readProfiles, removeProfile, setProfile } from '../../../runner/profiles/profile-text.ts'
import { markOf, writerOf } from '../../../runner/profiles/whose-profile.ts'

const ours = ['# accesslab:run r1', 'aws_access_key_id = ASIA']
const written = (eol = '\n') => ['[tester]', ...ours].map(line => line + eol).join('')
const unended = (eol = '\n') =>
  written(eol).replace(`]${eol}`, `]${eol}# accesslab:no-newline before this profile${eol}`)

test.each([
  ['an empty file', '', written()],
  ['a file', '[default]\na = b\n', `[default]\na = b\n\n${written()}`],
  ['no final newline', '[default]\na = b', `[default]\na = b\n\n${unended()}`],
  ['no final newline, CRLF', '[a]\r\nb = c', `[a]\r\nb = c\r\n\r\n${unended('\r\n')}`],
  ['no final newline, written again', `[a]\n\n${unended()}`, `[a]\n\n${unended()}`],
  ['CRLF', '[default]\r\na = b\r\n', `[default]\r\na = b\r\n\r\n${written('\r\n')}`],
  ['comments only', '# mine\n; too\n', `# mine\n; too\n\n${written()}`],
  ['in place', `[a]\nx = 1\n[tester]\nold = 1\n[b]\nx = 2\n`, `[a]\nx = 1\n${written()}[b]\nx = 2\n`],
  ['blanks in the header', `[a]\n[ tester ] # mine\nold = 1\n`, `[a]\n${written()}`],
  ['no final newline, in place', `[a]\n[tester]\nold = 1`, `[a]\n${written()}`],
  ['a comment above what follows stays', `[tester]\nold = 1\n\n# of b\n[b]\n`, `${written()}\n# of b\n[b]\n`],
  ['a name that begins alike is another', '[tester2]\nx = 1\n', `[tester2]\nx = 1\n\n${written()}`],
])('setProfile: %s', (_, before, after) => expect(setProfile(before, 'tester', ours)).toBe(after))

test.each([
  ['the only one', written(), ''],
  ['the last one', `[a]\nx = 1\n\n${written()}`, '[a]\nx = 1\n'],
  ['one in the middle', `[a]\nx = 1\n\n${written()}\n# of b\n[b]\nx = 2\n`, '[a]\nx = 1\n\n# of b\n[b]\nx = 2\n'],
  ['comments put after it', `[a]\n\n${written()}\n# to do\n`, '[a]\n\n# to do\n'],
  ['CRLF', `[a]\r\n\r\n${written('\r\n')}`, '[a]\r\n'],
  ['one that is not there', '[a]\nx = 1\n', '[a]\nx = 1\n'],
  ['the file’s own blank lines', `[a]\n\n\n${written()}`, '[a]\n\n'],
])('removeProfile: %s', (_, before, after) => expect(removeProfile(before, 'tester')).toBe(after))

const mine = '[tester]\nregion = us-west-2\n'
test.each([
  ['below', `${mine}\n${written()}`],
  ['above', `${written()}\n${mine}`],
])('removeProfile: one of the same name, somebody else’s, stays: ours is %s', (_, text) => {
  expect(readProfiles(text, 'tester')).toHaveLength(2)
  expect(removeProfile(text, 'tester', lines => lines.includes('# accesslab:run r1')).trim()).toBe(mine.trim())
  expect(removeProfile(text, 'tester', () => false)).toBe(text)
})

test.each([
  ['as it was written', [markOf('r1', 'ASIA1'), 'aws_access_key_id = ASIA1'], 'r1'],
  ['with further lines', ['output = json', markOf('r1', 'ASIA1'), 'aws_access_key_id=ASIA1'], 'r1'],
  ['by an older lab', ['# accesslab:run r1', 'aws_access_key_id = ASIA1'], 'r1'],
  ['with other keys', [markOf('r1', 'ASIA1'), 'aws_access_key_id = AKIA2'], null],
  ['without keys', [markOf('r1', 'ASIA1')], null],
  ['with two', [markOf('r1', 'ASIA1'), 'aws_access_key_id = ASIA1', 'aws_access_key_id = AKIA2'], null],
  ['by somebody', ['aws_access_key_id = AKIA2'], null],
])('whose a profile is: %s', (_, lines, run) => expect(writerOf(lines)).toBe(run))

test.each([
  ['absent', '[a]\nx = 1\n', null],
  ['empty', '[tester]\n', []],
  ['trimmed', '[tester]\r\n  x = 1  \r\n\r\n# of b\r\n[b]\r\n', ['x = 1']],
  ['a commented header is none', '#[tester]\nx = 1\n', null],
  ['its last line without an end', '[tester]\nx = 1', ['x = 1']],
])('readProfile: %s', (_, text, lines) => expect(readProfile(text, 'tester')).toEqual(lines))

/** Files as people write them: profiles of different names, comments, blank lines, one line ending, the last one perhaps missing. */
const files = record({
  lines: array(
    constantFrom(
      '',
      '# a comment',
      '; another',
      'aws_access_key_id = AKIA',
      '  nested =',
      '   x = 1',
      '#[tester]',
      '\t',
    ),
    { maxLength: 12 },
  ),
  headers: array(integer({ min: 0, max: 12 }), { maxLength: 4 }),
  noise: string({ maxLength: 8 }).map(text => text.replaceAll(/[[\]\r\n]/g, '')),
  eol: constantFrom('\n', '\r\n'),
  end: constantFrom('', 'eol'),
}).map(({ lines, headers, noise, eol, end }) => {
  const all = [...lines, ...(noise ? [noise] : [])]
  for (const [index, at] of headers.entries()) all.splice(Math.min(at, all.length), 0, `[profile${index}]`)
  return { text: all.join(eol) + (all.length > 0 && end ? eol : ''), eol }
})

describe('whatever the file holds', () => {
  test('every byte that was there is there, before and after', () =>
    check(
      property(files, ({ text, eol }) => {
        const set = setProfile(text, 'tester', ours)
        expect(set.startsWith(text)).toBe(true)
        expect(readProfile(set, 'tester')).toEqual(ours)
        expect(removeProfile(set, 'tester')).toBe(text)
        const two = setProfile(set, 'tester2', ours)
        expect(removeProfile(removeProfile(two, 'tester2'), 'tester')).toBe(text)
        expect(removeProfile(removeProfile(two, 'tester'), 'tester2')).toBe(text)
        const end = text === '' || text.endsWith('\n') ? '' : set.includes('\r\n') ? '\r\n' : '\n'
        const more = `${eol}# of work${eol}[work]${eol}x = 1${eol}`
        expect(removeProfile(set + more, 'tester')).toBe(text + end + more)
      }),
      { numRuns: 500 },
    ))

  test('setting again changes that profile and nothing else', () =>
    check(
      property(files, files, (before, after) => {
        const text = `${setProfile(before.text, 'tester', ours)}\n[after]\n${after.text}`
        const again = setProfile(text, 'tester', ['x = 2'])
        expect(readProfile(again, 'tester')).toEqual(['x = 2'])
        expect(setProfile(again, 'tester', ours).replaceAll('\r\n', '\n')).toBe(text.replaceAll('\r\n', '\n'))
      }),
      { numRuns: 300 },
    ))
})
