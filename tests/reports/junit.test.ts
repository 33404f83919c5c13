import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { memoryPages, validateXML } from 'xmllint-wasm'
import { junit } from '../../reports/junit.ts'
import { type Element, readXml } from './read-xml.ts'
import { harmfulReport, longReport, mixedReport, reportOf } from './sample-report.ts'

const schema = readFileSync(join(import.meta.dirname, 'junit.xsd'), 'utf8')

/** What a validating parser has against documents, one after the other. */
async function faultsOf(...documents: string[]): Promise<string[]> {
  const xml = documents.map((contents, index) => ({ fileName: `${index}.xml`, contents }))
  const { errors } = await validateXML({ xml, schema: [schema], maxMemoryPages: memoryPages.GiB })
  return errors.map(({ message }) => message)
}

const all = (element: Element, name: string): Element[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap(child => all(child, name)),
]

test('every outcome, 500 steps and none at all: valid by the schema', async () => {
  expect(
    await faultsOf(junit(mixedReport()), junit(longReport()), junit(harmfulReport()), junit(reportOf([]))),
  ).toEqual([])
})

test.each([
  ['an attribute that is not JUnit’s', ' time="0.012"', ' time="0.012" retries="1"', /retries/],
  ['a time in words', ' time="0.012"', ' time="soon"', /soon/],
  ['a result that is not JUnit’s', '<skipped ', '<ignored ', /mismatch|ignored/],
  ['a character that XML does not know', 'The lab one', 'The \u0008 lab', /PCDATA|invalid|allowed/],
  ['two cases of one name', 'name="wrong"', 'name="right"', /unique|Duplicate/],
  ['properties after the cases', '<properties>', '<system-out></system-out><properties>', /system-out/],
])('%s is found', async (_, find, put, message) => {
  const document = junit(mixedReport())
  expect(document).toContain(find)
  expect((await faultsOf(document.replace(find, put))).join()).toMatch(message)
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
