import { expect, test } from 'vitest'
import { graphLines } from '../../../../cli/show/graph/graph-lines.ts'
import { plannedSteps } from '../../../../runner/engine/planned-steps.ts'
import { findCatalogue, loadLabs, stepKinds } from '../../../../runner/index.ts'
import { lab, packageFolder } from '../../world-for-tests.ts'

const catalogue = await findCatalogue(packageFolder)

async function graphOf(id: string): Promise<string[]> {
  const labs = await loadLabs(catalogue, [id], stepKinds)
  return graphLines(
    plannedSteps({ catalogue, labs, asked: [id], target: 'sandbox', region: 'us-west-2', overrides: {}, env: {} }),
  )
}

/** What is emitted of Mermaid's flowchart grammar: mermaid's own parser, which takes every one of these, is 150 packages and 180 MB. */
const label = '"[^"`<>]+"'
const forms = [
  /^flowchart LR$/,
  new RegExp(`^ {2}subgraph l\\d+\\[${label}\\]$`),
  /^ {2}end$/,
  new RegExp(`^ {4}s\\d+(\\[${label}\\]|\\(\\[${label}\\]\\))$`),
  new RegExp(`^ {2}r\\d+\\[\\(${label}\\)\\]$`),
  /^ {2}s\d+ ==> r\d+$/,
  new RegExp(`^ {2}s\\d+ (-->|--x)(\\|${label}\\|)? r\\d+$`),
  new RegExp(`^ {2}s\\d+ -\\.->\\|${label}\\| s\\d+$`),
]

test.each(catalogue.labs)('%s: every line is a flowchart’s, and every node is there before its edges', async id => {
  const lines = await graphOf(id)
  expect(lines.filter(line => !forms.some(form => form.test(line)))).toEqual([])
  const known = new Set<string>()
  for (const line of lines) {
    const [, from, to] = /^ {2}(s\d+) .* ([rs]\d+)$/.exec(line) ?? []
    if (from && to) expect([from, to].filter(node => !known.has(node))).toEqual([])
    const node = /^ +([rs]\d+)[[(]/.exec(line)?.[1]
    if (node) known.add(node)
  }
  const steps = (await loadLabs(catalogue, [id], stepKinds)).flatMap(each => each.groups.flat())
  expect([...known].filter(node => node.startsWith('s'))).toHaveLength(steps.length)
})

test('what makes, what is allowed, what is denied, and as whom', async () => {
  const { stdout } = await lab(['show', 'identity-policies', '--format', 'graph'], { cwd: packageFolder })
  expect(stdout).toContain(`    s5["role: create-role ecr_access_teama_role"]
`)
  for (const line of [
    '    s11(["team-b-denied: list-images team-b/alpine"])',
    '  r2[("repository team-b/alpine")]',
    '  s2 ==> r2',
    '  s10 -->|"allowed as ecrTester"| r1',
    '  s11 --x|"denied as ecrTester"| r2',
    '  s8 -.->|"ecrTester"| s11',
  ])
    expect(stdout).toContain(`${line}\n`)
})
