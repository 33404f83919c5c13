import { expect, test } from 'vitest'
import { readRoster } from '../../../runner/grading/read-roster.ts'

const known = ['names.role', 'names.policy', 'retention']
const read = (text: string) => readRoster(text, 'class.csv', known)
const account = '111122223333'
const [bos, cys] = ['222233334444', '333344445555']

test('a student needs a name and an account; the rest may be there', () => {
  const text = `student,account,profile,role-arn,external-id,names.role,var.retention,email\nAda,${account},,,,,,a@b.c\n"Müller, ""Jo""",${bos},p,arn:aws:iam::${bos}:role/x,e,mine,3,\n`
  expect(read(text)).toEqual({
    bad: [],
    students: [
      { line: 2, student: 'Ada', account, profile: null, roleArn: null, externalId: null, overrides: {} },
      {
        ...{ line: 3, student: 'Müller, "Jo"', account: bos, profile: 'p', roleArn: `arn:aws:iam::${bos}:role/x` },
        ...{ externalId: 'e', overrides: { 'names.role': 'mine', retention: '3' } },
      },
    ],
  })
})

test.each([
  ['semicolons', `student;account\nAda;${account}\n`],
  ['semicolons, and a comma in the header', `student;account;"a, b"\nAda;${account};\n`],
  ['a line for spreadsheets', `sep=;\r\nstudent;account\r\nAda;${account}\r\n`],
  ['tabs', `student\taccount\nAda\t${account}\n`],
  ['a byte order mark and CRLF', `\ufeffstudent,account\r\nAda,${account}\r\n`],
  ['empty lines', `student,account\n\nAda,${account}\n\n`],
  ['another order', `account,student\n${account},Ada\n`],
])('%s', (_name, text) => {
  expect(read(text).students.map(({ student, account }) => [student, account])).toEqual([['Ada', account]])
})

test.each([
  ['', 'no student'],
  ['Ada', '1 cells, expected 2'],
  ['Ada,', 'no account'],
  ['Ada,12345', 'a spreadsheet may have dropped zeros'],
  ['Ada,12345678901x', 'is no account id'],
  [`Ada,${account},x`, '3 cells, expected 2'],
  [`Bo,${bos}`, '`Bo` stands on line 2 already'],
  ['Ada,1.11122E+11', 'a spreadsheet has made a number of it'],
  ["Ada,'011122223333", 'is no account id'],
  ['Ada,1111-2222-3333', '12 digits and no hyphens'],
  [`M\ufffdller,${account}`, '`student` is not UTF-8'],
  [`A\u0007da,${account}`, 'control characters'],
  [`${'x'.repeat(201)},${account}`, 'longer than 200'],
])('a bad line is named, and the rest goes on: %s', (line, reason) => {
  const roster = read(`student,account\nBo,${bos}\n${line === '' ? `,${account}` : line}\nCy,${cys}\n`)
  expect(roster.students.map(({ student }) => student)).toEqual(['Bo', 'Cy'])
  expect(roster.bad).toHaveLength(1)
  expect(roster.bad[0]).toMatchObject({ line: 3, reason: expect.stringContaining(reason) })
})

test.each([
  ['', 'is empty'],
  ['student,account\n', 'lists nobody'],
  [`name,account\nAda,${account}`, 'no column `student`'],
  [`Student,account\nAda,${account}`, 'no column `student`'],
  [`student,account,account\nAda,${account},`, 'two columns `account`'],
  [`student,account,names.rol\nAda,${account},x`, 'no lab that is graded has such a name'],
  [`student,account,var.x\nAda,${account},x`, 'no lab that is graded has such a var'],
  [`student,account,role_arn\nAda,${account},x`, 'a column `role_arn`'],
  [`"student,account\nAda,${account}\n`, 'is not CSV: line 1 has a stray quote'],
])('no roster: %s', (text, message) => {
  expect(() => read(text)).toThrow(message)
})

const rosterOf = (...lines: string[]) => {
  const { students, bad } = readRoster(lines.join('\n'), 'class.csv', known)
  return {
    students: students.map(({ line, student }) => `${line} ${student}`),
    bad: bad.map(({ line, reason }) => `${line} ${reason}`),
  }
}

test('of two rows of a student that differ neither is taken', () => {
  expect(rosterOf('student,account', `Bo,${account}`, `Cy,${cys}`, `Bo,${bos}`)).toEqual({
    students: ['3 Cy'],
    bad: [
      '2 `Bo` stands on line 4 as well, and not with the same row',
      '4 `Bo` stands on line 2 as well, and not with the same row',
    ],
  })
  const apart = 'Müller'.normalize('NFD')
  expect(rosterOf('student,account', `Müller,${account}`, `${apart},${bos}`).students).toEqual([])
})

test('two students of one account are not graded by it, unless they are a team or call their things otherwise', () => {
  expect(rosterOf('student,account', `Ada,${account}`, `Cy,${cys}`, `Bo,${account}`)).toEqual({
    students: ['3 Cy'],
    bad: [
      `2 account ${account} is that of \`Bo\` on line 4 as well: a column \`team\` says who shares one`,
      `4 account ${account} is that of \`Ada\` on line 2 as well: a column \`team\` says who shares one`,
    ],
  })
  const claimed = rosterOf('student,account', `Ada,${account}`, `Ada,${bos}`, `Bo,${bos}`, `Cy,${cys}`, `Cy,${cys}`)
  expect(claimed.students).toEqual(['5 Cy'])
  const teams = ['student,account,team', `Ada,${account},1`, `Bo,${account},1`]
  expect(rosterOf(...teams).students).toEqual(['2 Ada', '3 Bo'])
  expect(rosterOf(...teams, `Di,${account},2`).students).toEqual([])
  expect(rosterOf('student,account,names.role', `Ada,${account},a`, `Bo,${account},b`).bad).toEqual([])
  expect(readRoster(`student,account\nAda,${account}\nBo,${account}\n`, 'class.csv', known, false).bad).toEqual([])
})
