import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lab } from '../world-for-tests.ts'
import { gradedOf, newClass, throughRole } from './class.ts'

/** A roster as a spreadsheet, a hurry and a joker make it: the good rows take accounts of the class. */
function rowsOf(accounts: readonly string[]): string {
  const [a, b, c, d, e] = accounts
  return [
    'student;account;notes',
    ...[`"Müller; ""Jo""";${a};ok`, `=cmd|calc;${b};`, `../../etc/passwd;${c};`, `CON;${d};"a note\nof two lines"`],
    ...[
      'short;1112222333;',
      'sci;1,11122E+11;',
      `twin1;${e};`,
      `twin2;${e};`,
      'dup;999999999991;',
      'dup;999999999992;',
    ],
    ...[`${'x'.repeat(300)};111122223333;`, '"stray;123123123123;', 'other;444455556666;', 'none;;', ';;', 'few;1', ''],
  ].join('\r\n')
}

const encodings: readonly [string, (text: string) => Buffer, boolean][] = [
  ['UTF-8 with a byte order mark', text => Buffer.from(`\ufeff${text}`), true],
  ['UTF-16 as spreadsheets write it', text => Buffer.from(`\ufeff${text}`, 'utf16le'), true],
  ['UTF-16, the other way round', text => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), true],
  ['Latin-1', text => Buffer.from(text, 'latin1'), false],
]

test('whatever stands in a roster, each bad line is named and the rest is graded', async () => {
  const cwd = await newClass(5)
  const accounts = readFileSync(join(cwd, 'class/roster.csv'), 'utf8')
    .split('\n')
    .slice(1)
    .flatMap(line => line.split(',')[1] ?? [])
  for (const [name, bytes, umlauts] of encodings) {
    writeFileSync(join(cwd, 'own.csv'), bytes(rowsOf(accounts)))
    const files = ['--report', 'json=marks.jsonl', '--report', 'csv=marks.csv', '--feedback', `feedback/${name}`]
    const ran = await lab(['verify', 'identity-policies', '--roster', 'own.csv', ...throughRole, ...files], { cwd })
    expect(ran.exitCode, ran.stderr).toBe(3)
    const named = [...ran.stdout.matchAll(/^ {2}· line (\d+)/gm)].map(([, line]) => Number(line))
    expect([name, named]).toEqual([name, [...(umlauts ? [] : [2]), 7, 8, 9, 10, 11, 12, 13, 14, 16, 18]])
    const graded = gradedOf(readFileSync(join(cwd, 'marks.jsonl'), 'utf8'))
    const done = graded.flatMap(each => (each.graded ? [each.student] : []))
    expect(done).toEqual([...(umlauts ? ['Müller; "Jo"'] : []), '=cmd|calc', '../../etc/passwd', 'CON'])
    expect(graded.at(-1)).toMatchObject({ student: 'other', graded: false, points: null })
    const written = readdirSync(join(cwd, 'feedback', name))
    expect(written).toHaveLength(graded.length)
    expect(written.filter(file => /^(\.|con\.)|[/\\=|"]/i.test(file))).toEqual([])
    expect(readFileSync(join(cwd, 'marks.csv'), 'utf8')).toContain("\n'=cmd|calc,")
  }
}, 120_000)

test.each([
  ['UTF-16 that does not say so', Buffer.from('student,account\na,1\n', 'utf16le'), 'is no text'],
  ['anything', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), 'is no text'],
  ['nothing', Buffer.alloc(0), 'is empty'],
])('what is no roster is refused as a whole: %s', async (_name, bytes, message) => {
  const cwd = await newClass(1)
  writeFileSync(join(cwd, 'own.csv'), bytes)
  const ran = await lab(['verify', 'identity-policies', '--roster', 'own.csv', ...throughRole], { cwd })
  expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(message)])
})
