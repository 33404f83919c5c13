import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageFolder } from '../cli/world-for-tests.ts'

interface Row {
  benchmark: string
  what: string
  day: string
  load: [number, number]
  ratio: number
  perSecond?: number
  aim: string
}

const read = (name: string) => readFileSync(join(packageFolder, 'benchmarks', name), 'utf8')
const rows = JSON.parse(read('results.json')).rows as Row[]

/** The table of the program: what, against, ratios, aim. */
const table = read('README.md')
  .split('### ')[0]
  ?.split('\n')
  .filter(line => /^\| (?!what)/.test(line))
  .map(line => line.split('|').map(cell => cell.trim()))
  .map(([, what = '', , ratios = '', aim = '']) => ({ what, ratios, aim }))

/** Rows of results.json by the lines of the table. */
const lines: [string, RegExp][] = [
  ['`lab --help`', /^lab --help/],
  ['`lab list`', /^lab list/],
  ['`lab explain TEXT`', /^lab explain/],
  ['cold `lab run identity-policies`', /^lab run identity-policies, cold/],
  ['the same', /^lab run identity-policies, times faster/],
  ['all 13 labs', /^all \d+ labs/],
  ['the same, `--parallel 1`', /^the same, --parallel 1/],
  ['sandbox: GetCallerIdentity, GetRole, ListImages', /^sandbox (GetCallerIdentity|GetRole|ListImages)/],
  ['sandbox, start to first answer', /^sandbox, start/],
  ['sandbox: GetCallerIdentity, GetRole, ListImages', /^sandbox, times faster/],
  ['policy decisions', /^policy decisions/],
  ['100 students, 1,000 students', /^\d+ students$/],
  ['their peak memory', /^\d+ students, peak memory/],
  ['processor time of each', /^\d+ students, processor time/],
]

const isMet = ({ ratio, perSecond, aim }: Row): boolean => {
  const [, sign, bound = ''] = /^([<>]=)?\s*([\d.,]+)/.exec(aim) ?? []
  const least = Number(bound.replaceAll(',', ''))
  return aim === '' || (sign === '<=' ? ratio <= least : (perSecond ?? ratio) >= least)
}

test('each row says its day and the load beside it', () => {
  for (const { what, day, load } of rows) {
    expect([what, day]).toEqual([what, expect.stringMatching(/^\d{4}-\d\d-\d\d$/)])
    expect([what, load]).toEqual([what, [expect.any(Number), expect.any(Number)]])
  }
})

test.each(lines.map(([what, of], at) => [what, of, at] as const))(
  'README, %s: the figures of results.json, and missed where they miss the aim',
  (what, of, at) => {
    const line = table?.[at]
    expect(line?.what.startsWith(what), line?.what).toBe(true)
    const measured = rows.filter(row => of.test(row.what))
    const written = line?.ratios.match(/\d+(\.\d+)?/g)?.slice(0, measured.length) ?? []
    const digits = (text: string) => text.split('.')[1]?.length ?? 0
    expect(measured.map(({ ratio }, each) => ratio.toFixed(digits(written[each] ?? '0')))).toEqual(written)
    expect(/missed/.test(line?.aim ?? '')).toBe(!measured.every(isMet))
  },
)

test('no row and no line is left over', () => {
  expect(table).toHaveLength(lines.length)
  expect(rows.filter(({ what }) => !lines.some(([, of]) => of.test(what)))).toEqual([])
})
