import { expect, test } from 'vitest'
import { junit } from '../../reports/junit.ts'
import { type Element, readXml } from './read-xml.ts'
import { longReport, mixedReport, reportOf } from './sample-report.ts'

const whole = /^\d+$/
const decimal = /^\d+\.\d{3}$/
const anything = /^/
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/

/** What Ant's and Jenkins's schemas both ask for, and `file` and `line` of a case: attributes with their form, children in order. */
const shapes: Record<string, { attributes: Record<string, RegExp>; children: RegExp }> = {
  testsuites: {
    attributes: { name: anything, tests: whole, failures: whole, errors: whole, time: decimal },
    children: /^(testsuite )*$/,
  },
  testsuite: {
    attributes: {
      ...{ name: /./, package: /./, id: whole, timestamp: time, hostname: /./, tests: whole, failures: whole },
      ...{ errors: whole, skipped: whole, time: decimal },
    },
    children: /^properties (testcase )*system-out system-err $/,
  },
  properties: { attributes: {}, children: /^(property )*$/ },
  property: { attributes: { name: /./, value: anything }, children: /^$/ },
  testcase: {
    attributes: { name: /^\S+$/, classname: /^lab\.\S+$/, time: decimal, file: /./, line: whole },
    children: /^((failure|error|skipped) )?$/,
  },
  failure: { attributes: { message: /./, type: /./ }, children: /^$/ },
  error: { attributes: { message: /./, type: /./ }, children: /^$/ },
  skipped: { attributes: { message: /./ }, children: /^$/ },
  'system-out': { attributes: {}, children: /^$/ },
  'system-err': { attributes: {}, children: /^$/ },
}

function checkShape(element: Element): void {
  const shape = shapes[element.name]
  if (!shape) throw new Error(`<${element.name}> is not JUnit's`)
  expect(Object.keys(element.attributes).sort()).toEqual(Object.keys(shape.attributes).sort())
  for (const [name, form] of Object.entries(shape.attributes)) expect(element.attributes[name]).toMatch(form)
  expect(element.children.map(({ name }) => `${name} `).join('')).toMatch(shape.children)
  for (const child of element.children) checkShape(child)
}

const all = (element: Element, name: string): Element[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap(child => all(child, name)),
]

test.each([
  ['every outcome', mixedReport()],
  ['500 steps', longReport()],
  ['nothing', reportOf([])],
])('%s: elements, attributes and order are the schemas’', (_, report) => {
  checkShape(readXml(junit(report)))
})

test('failure, error and skipped are kept apart, and counted', () => {
  const xml = readXml(junit(mixedReport()))
  const suite = xml.children[1]
  expect(suite?.attributes).toMatchObject({ name: 'one', tests: '6', failures: '2', errors: '2', skipped: '1' })
  expect(xml.attributes).toMatchObject({ tests: '7', failures: '2', errors: '2' })
  const results = all(xml, 'testcase').map(({ attributes, children }) => [
    attributes.name,
    children[0]?.name ?? 'passed',
  ])
  expect(Object.fromEntries(results)).toEqual({
    ...{ made: 'passed', right: 'passed', wrong: 'failure', nasty: 'failure' },
    ...{ throttled: 'error', organization: 'error', 'left-out': 'skipped' },
  })
})

test('a case says where it is written, and a failure tells the whole story in its text', () => {
  const wrong = all(readXml(junit(mixedReport())), 'testcase').find(({ attributes }) => attributes.name === 'wrong')
  expect(wrong?.attributes).toMatchObject({
    classname: 'lab.one',
    file: 'labs/one/lab.yaml',
    line: '31',
    time: '0.012',
  })
  const text = wrong?.children[0]?.text ?? ''
  expect(text).toContain('expected: allowed')
  expect(text).toContain('answer: User: arn:aws:sts::111122223333:assumed-role/r/s is not authorized')
  expect(text).toContain('policyType: expected resource-based, found identity-based')
  expect(text).toContain('hint: nothing has granted it yet')
})

test('text that means harm is text', () => {
  const nastyCase = all(readXml(junit(mixedReport())), 'testcase').find(({ attributes }) => attributes.name === 'nasty')
  const text = nastyCase?.children[0]?.text ?? ''
  expect(text).toContain(']]> <script>alert(1)</script>')
  expect(text).toContain('🎉')
  expect(text).not.toContain('\u001b')
})

test('no two cases have one name', () => {
  const names = all(readXml(junit(longReport())), 'testcase').map(
    ({ attributes }) => `${attributes.classname} ${attributes.name}`,
  )
  expect(new Set(names).size).toBe(500)
})
