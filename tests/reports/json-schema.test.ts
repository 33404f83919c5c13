import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect, expectTypeOf, test } from 'vitest'
import type * as z from 'zod'
import { policyTypes, type Report } from '../../assertions/index.ts'
import { json } from '../../reports/json.ts'
import { reportJsonSchema, type reportSchema } from '../../reports/json-schema/report-schema.ts'
import { harmfulReport, longReport, mixedReport, reportOf } from './sample-report.ts'

const published = JSON.parse(readFileSync(join(import.meta.dirname, '../../schema/report.schema.json'), 'utf8'))
const ajv = new Ajv({ allErrors: true, strict: true })
const validate = ajv.compile(published)
const faultsOf = (text: string) => (validate(JSON.parse(text)) ? '' : ajv.errorsText(validate.errors))

test('the published schema is what `npm run generate` writes', () => {
  expect(published).toEqual(JSON.parse(JSON.stringify(reportJsonSchema())))
})

test('it has every member of the type, with its type', () => {
  expectTypeOf<Report>().toExtend<z.infer<typeof reportSchema>>()
  expectTypeOf<keyof Report>().toEqualTypeOf<keyof z.infer<typeof reportSchema>>()
  expect(JSON.stringify(published)).toContain(JSON.stringify([...policyTypes]))
})

test.each([
  ['every outcome', mixedReport()],
  ['500 steps', longReport()],
  ['harm in every text', harmfulReport()],
  ['nothing', reportOf([])],
])('%s is valid', (_, report) => {
  expect(faultsOf(json(report))).toBe('')
})

test.each<[string, Record<string, unknown>]>([
  ['another version', { schemaVersion: 2 }],
  ['no labs', { labs: undefined }],
  ['a status that there is not', { labs: [{ ...mixedReport().labs[0], status: 'fine' }] }],
  ['an exit code in words', { exitCode: 'zero' }],
])('%s is not', (_, change) => {
  expect(faultsOf(JSON.stringify({ ...mixedReport(), ...change }))).not.toBe('')
})
