import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormatsModule from 'ajv-formats'

const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'sarif-2.1.0.subset.json'), 'utf8'))
const ajv = new Ajv({ allErrors: true })
addFormatsModule.default(ajv)
const validate = ajv.compile(schema)

interface Sarif {
  runs: {
    tool: { driver: { rules: { id: string }[] } }
    results: {
      ruleId: string
      ruleIndex?: number
      level: string
      message: { text: string }
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[]
    }[]
  }[]
}

/** A SARIF log, and what the schema says against it. */
export function readSarif(text: string): { log: Sarif; faults: string[] } {
  const log = JSON.parse(text)
  validate(log)
  return { log, faults: (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`) }
}
