import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRoster } from '../../../runner/grading/read-roster.ts'

const account = '111122223333'
const header = 'student,account,team,note'
/** A row of one of many; who has which account is of no matter here. */
const row = (student: string, note = '') => `${student},${account},t,${note}`
const read = (...lines: string[]) => {
  const { students, bad } = readRoster([header, ...lines].join('\n'), 'class.csv', [])
  return { students: students.map(({ line, student }) => `${line} ${student}`), bad: bad.map(({ line }) => line) }
}

test.each([
  ['at the front of a line', [row('Ada'), row('"Bo'), row('Cy')], ['2 Ada', '4 Cy'], [3]],
  ['at the front of two', [row('Ada'), row('"Bo'), row('"Cy'), row('Di')], ['2 Ada', '5 Di'], [3, 4]],
  ['in the last line', [row('Ada'), row('"Bo')], ['2 Ada'], [3]],
  ['in an account', [row('Ada'), `Bo,"${account},t,`, row('Cy')], ['2 Ada', '4 Cy'], [3]],
  ['behind closing ones', [row('Ada'), row('"Bo"x'), row('Cy')], ['2 Ada', '4 Cy'], [3]],
  ['in a note, closed by nobody', [row('Ada', '"a'), row('Bo'), row('Cy')], ['3 Bo', '4 Cy'], [2]],
  ['closed by a quoted cell', [row('Ada', '"a'), row('Bo'), row('"Cy"'), row('Di')], ['3 Bo', '4 Cy', '5 Di'], [2]],
  ['closed in the next cell of the row', [row('Ada'), `"Bo,"${account},t,`, row('Cy')], ['2 Ada', '4 Cy'], [3]],
  ['and then too few cells', [row('Ada', '"a'), row('Bo", "x'), row('Cy')], ['4 Cy'], [2, 3]],
])('a stray quote costs its own line: %s', (_name, lines, students, bad) => {
  expect(read(...lines)).toEqual({ students, bad })
})

test.each([
  ['a note of several lines', [row('Ada', '"one\n\ntwo, ""three"""'), row('Bo')], ['2 Ada', '5 Bo'], []],
  ['a quote within a cell that is not quoted', [row('Jo "JJ" Smith'), row('Bo')], ['2 Jo "JJ" Smith', '3 Bo'], []],
  ['a quoted name', [row('"Müller, ""Jo"""')], ['2 Müller, "Jo"'], []],
])('%s is as it should be', (_name, lines, students, bad) => {
  expect(read(...lines)).toEqual({ students, bad })
})

test.each([
  ['a name of several lines', [row(`"x\nEve,${account},t,\n"`), row('Bo')], ['5 Bo'], [2, 3, 4]],
  ['a note with a row in it', [row('Ada', `"a\nEve,${account},t,b\nc"`), row('Bo')], ['5 Bo'], [2, 3, 4]],
  ['two stray quotes that make a cell', [row('Ada', '"a'), row('Bo'), row('Cy', 'x"'), row('Di')], ['5 Di'], [2, 3, 4]],
])('what stands in quotes is nobody’s row, and each line of it is named: %s', (_name, lines, students, bad) => {
  expect(read(...lines)).toEqual({ students, bad })
})

test('wherever a quote is put in, every student is graded or his line is named, and at most one line is lost to it', () => {
  const lines = Array.from({ length: 12 }, (_, index) => row(`s${index}`, index % 3 === 0 ? '"a, b"' : 'a'))
  const text = lines.join('\n')
  fc.assert(
    fc.property(fc.nat(text.length), at => {
      const { students, bad } = read(...`${text.slice(0, at)}"${text.slice(at)}`.split('\n'))
      expect(bad.length).toBeLessThanOrEqual(1)
      const named = [...students.map(each => Number.parseInt(each, 10)), ...bad].sort((a, b) => a - b)
      expect(named).toEqual(lines.map((_, index) => index + 2))
    }),
    { seed: 5, numRuns: 500 },
  )
})

test('wherever two are, no student is missing in silence, and nobody has another’s name', () => {
  const lines = Array.from({ length: 8 }, (_, index) => row(`s${index}`, index % 3 === 0 ? '"a, b"' : 'a'))
  const text = lines.join('\n')
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(text.length), (one, two) => {
      const [from, to] = [Math.min(one, two), Math.max(one, two)]
      const spoilt = `${text.slice(0, from)}"${text.slice(from, to)}"${text.slice(to)}`
      const { students, bad } = read(...spoilt.split('\n'))
      const named = [...students.map(each => Number.parseInt(each, 10)), ...bad].sort((a, b) => a - b)
      expect(named).toEqual(lines.map((_, index) => index + 2))
    }),
    { seed: 5, numRuns: 600 },
  )
})

test('an open quote at the front of a long roster costs one line, and no time', () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => row(`s${index}`))
  const { students, bad } = read(row('"Ada'), ...lines)
  expect([students.length, bad]).toEqual([20_000, [2]])
})
