import { expect, test } from 'vitest'
import { fillColumn, gradebookKinds } from '../../../reports/gradebook/fill-column.ts'

const kindOf = (name: string) => {
  const kind = gradebookKinds[name]
  if (!kind) throw new Error(`no kind ${name}`)
  return kind
}

const canvas = [
  '\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,"Lab 2 (122)","Lab 3 (123)",Final Score',
  '    Points Possible,,,,,4.0,8.0,(read only)',
  '"Müller, ""Jo""",101,s-1,jo@example.org,"A, B",3,,88',
  '"=SUM(A1:A9), Eve",102,s-2,eve@example.org,A,"4",1,',
  "O'Neil, 103,s-3,oneil@example.org,A,4,,70",
  '"Same, Name",104,s-4,one@example.org,A,,,',
  '"Same, Name",105,s-5,two@example.org,A,,,',
  '',
].join('\r\n')

test('canvas: only the cells of the one column change', () => {
  const marks = [
    { student: 'jo@example.org', points: 8 },
    { student: 's-2', points: null },
    { student: '103', points: 0 },
    { student: 'Same, Name', points: 5 },
    { student: 'two@example.org', points: 2.5 },
    { student: 'stranger', points: 1 },
    { student: 'Points Possible', points: 1 },
  ]
  const filled = fillColumn(canvas.replace(', 103,', ',103,'), kindOf('canvas'), 'Lab 3 (123)', marks)
  expect(filled.text).toBe(
    canvas
      .replace(', 103,', ',103,')
      .replace('"A, B",3,,88', '"A, B",3,8,88')
      .replace('A,"4",1,', 'A,"4",,')
      .replace('A,4,,70', 'A,4,0,70')
      .replace('two@example.org,A,,,', 'two@example.org,A,,2.5,'),
  )
  expect(filled).toMatchObject({
    ...{ unmatched: ['stranger', 'Points Possible'], ambiguous: ['Same, Name'], filled: 3, possible: 8 },
    blank: [{ name: 's-2', mark: '1' }],
    left: [],
  })
})

const moodle = [
  '"First name",Surname,"ID number","Email address","Assignment: Lab 3 (Real)","Last downloaded from this course"',
  'Jürgen,"de la Cruz, Jr.",m1,JUERGEN@example.org,-,1790000000',
  '"multi\nline",Cell,m2,multi@example.org,"-",1790000000',
].join('\n')

test.each([
  ['JUERGEN@example.org', 'by mail', 1],
  ['juergen@example.org', 'mail is case-sensitive', 0],
  ['m1', 'by number', 1],
  ['Jürgen de la Cruz, Jr.', 'by name', 1],
])('moodle: %s, %s', (student, _how, filled) => {
  const result = fillColumn(moodle, kindOf('moodle'), 'Assignment: Lab 3 (Real)', [{ student, points: 7 }])
  expect(result.filled).toBe(filled)
  expect(result.text).toBe(filled === 1 ? moodle.replace('org,-,', 'org,7,') : moodle)
})

test('a cell in quotes, after one of two lines, and with semicolons', () => {
  const kind = kindOf('moodle')
  const points = [{ student: 'm2', points: 3 }]
  const column = 'Assignment: Lab 3 (Real)'
  expect(fillColumn(moodle, kind, column, points).text).toBe(moodle.replace('org,"-",', 'org,3,'))
  const other = 'ID number;Lab\nm2;\n'
  expect(fillColumn(other, kind, 'Lab', points).text).toBe('ID number;Lab\nm2;3\n')
})

test('a record that two students could mean is left, and so is a student who could mean two records', () => {
  const moodle =
    '"First name",Surname,"ID number",Username,"Email address","Lab 3"\nAnn,One,right,ann,a@example.org,-\nBen,Two,77,right,b@example.org,-\nEve,Three,88,eve,e@example.org,-\n'
  const marks = [
    { student: 'right', points: 5 },
    { student: '88', points: 1 },
    { student: 'eve', points: 4 },
  ]
  const filled = fillColumn(moodle, kindOf('moodle'), 'Lab 3', marks)
  expect(filled).toMatchObject({ text: moodle, unmatched: [], ambiguous: ['right', '88', 'eve'], filled: 0 })
})

test('no earlier mark is lost or left in silence', () => {
  const text = [
    'Student,ID,SIS Login ID,Lab 3',
    ',,,Manual Posting',
    '    Points Possible,,,10',
    ...['Ada,1,ada,7', 'Bo,2,bo,', 'Cy,3,cy,5', 'Di,4,di,', '"Student, Test",,,', 'Eve,5,,6'],
    '',
  ].join('\n')
  const marks = [
    { student: 'ada', points: null },
    { student: 'bo', points: null },
  ]
  const { text: filled, ...said } = fillColumn(text, kindOf('canvas'), 'Lab 3', marks)
  expect(filled).toBe(text.replace('ada,7', 'ada,'))
  expect(said).toEqual({
    blank: [
      { name: 'ada', mark: '7' },
      { name: 'bo', mark: null },
    ],
    left: [
      { name: 'cy', mark: '5' },
      { name: 'di', mark: null },
      { name: 'Student, Test', mark: null },
      { name: '5', mark: '6' },
    ],
    ...{ crooked: [], unmatched: [], ambiguous: [], filled: 0, possible: 10 },
  })
  const slipped = 'Student,ID,Lab 3,Lab 4\nAda, Bo,7,3,4\nCy,7,3,4\nDi,8\nEve,9,1\nFay,10,2,3,,\n'
  const marks7 = ['7', '8', '9', '10'].map(student => ({ student, points: 9 }))
  const straight = fillColumn(slipped, kindOf('canvas'), 'Lab 3', marks7)
  expect(straight.text).toBe(
    slipped.replace('Cy,7,3', 'Cy,7,9').replace('Eve,9,1', 'Eve,9,9').replace('Fay,10,2', 'Fay,10,9'),
  )
  expect(straight).toMatchObject({ crooked: ['Ada', 'Di'], unmatched: ['8'], filled: 3 })
  const moodle = 'Username,Lab 3\nada,-\nbo,3\n'
  expect(fillColumn(moodle, kindOf('moodle'), 'Lab 3', []).left.map(({ mark }) => mark)).toEqual([null, '3'])
})
