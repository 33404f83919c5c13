import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseDenial } from '../../../assertions/index.ts'

interface Row {
  text: string
  form: string
  expect: Record<string, string | boolean | null>
}

const file = new URL('../../../../shared/corpus/denials.jsonl', import.meta.url)

/** The fields of the row that were read otherwise. */
const misses = ({ text, expect: wanted }: Row): string[] => {
  const { notDenial, ...fields } = wanted
  const got = parseDenial(text)
  const wrong = Object.entries(fields).filter(([name, value]) => got[name as keyof typeof got] !== value)
  const told = wrong.map(([name, value]) => `${name}: ${got[name as keyof typeof got]}, not ${value}`)
  return got.isDenial === (notDenial !== true) ? told : [...told, `isDenial: ${got.isDenial}`]
}

if (existsSync(file)) {
  test('reads the genuine messages', () => {
    const rows = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Row)
    const failed = rows
      .map((row, index) => ({ index, form: row.form, wrong: misses(row) }))
      .filter(row => row.wrong.length > 0)
    expect(failed, `${failed.length} of ${rows.length} rows`).toEqual([])
  })
} else {
  test.skip('reads the genuine messages (../shared/corpus/denials.jsonl is not here)', () => {})
}
