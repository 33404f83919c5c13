// What generate-rules.mjs reads of the program.
export { checkLabs, definitionFindings } from '../runner/check/check-labs.ts'
export { everyRule } from '../runner/check/every-rule.ts'
export { exampleFolder } from '../runner/check/example-lab.ts'
export { ruleList, rulePage } from '../runner/check/rule-page.ts'
export { loadCatalogue } from '../runner/definition/index.ts'
