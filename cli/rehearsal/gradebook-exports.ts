import { stringify } from 'csv-stringify/sync'

/** The column of the exports that waits for marks. */
export const rehearsedAssignment = 'Lab 3 (123)'

/** What the gradebooks of a rehearsal class would export before any mark: by file. People are called as exports call them. */
export function gradebookExports(students: readonly string[], points: number): Record<string, string> {
  const canvas = students.map((student, index) => [`Doe, "${student}"`, 1000 + index, '', student, 'Spring', ''])
  const moodle = students.map((student, index) => ['Doe', student, 1000 + index, `${student}@example.org`, student, ''])
  const possible = ['    Points Possible', '', '', '', '', points]
  return {
    'canvas.csv': stringify([
      ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', rehearsedAssignment],
      possible,
      ...canvas,
    ]),
    'moodle.csv': stringify([
      ['First name', 'Last name', 'ID number', 'Email address', 'Username', rehearsedAssignment],
      ...moodle,
    ]),
  }
}
