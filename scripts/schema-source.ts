// What generate-schema.mjs reads of the program.
export { reportJsonSchema } from '../reports/json-schema/report-schema.ts'
export { jsonSchemas } from '../runner/definition/json-schema.ts'
export { withKinds } from '../runner/definition/kinds-page.ts'
export { stepKinds } from '../runner/steps/index.ts'
