import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { onTestFinished } from 'vitest'
import { type Checked, checkLabs, definitionFindings } from '../../../runner/check/check-labs.ts'
import { exampleFolder } from '../../../runner/check/example-lab.ts'
import type { ExampleFiles } from '../../../runner/check/rule.ts'
import { loadCatalogue } from '../../../runner/definition/index.ts'
import { root } from '../../repository/source-files.ts'

export interface FoundInExample {
  rule: string
  severity: string
  /** In the folder of the lab. */
  name: string
  offset: number
  message: string
  hint: string | null
  fixable: boolean
}

/** Offset of a text's first occurrence; -1 for none. */
export const offsetIn = (text: string, at: string): number => text.indexOf(at)

/** A folder with these files, by path; gone when the test is. The schema of the checkout lies in it, for the lines that name it. */
export async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'accesslab-check-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const schema = await readFile(join(root, 'schema/lab.schema.json'), 'utf8')
  for (const [name, text] of Object.entries({ 'schema/lab.schema.json': schema, ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return folder
}

/** Checks an example as the lab `demo`: what is found, and the texts of its files by name. */
export async function checkExample(
  example: ExampleFiles,
): Promise<{ findings: FoundInExample[]; texts: Record<string, string>; folder: string; checked: Checked }> {
  const files = exampleFolder(example)
  const folder = await folderOf(files)
  const checked = await loadCatalogue(join(folder, 'labs.yaml'))
    .then(catalogue => checkLabs(catalogue, ['demo']))
    .catch(definitionFindings)
  const demo = join(folder, 'labs/demo')
  const texts = Object.fromEntries(
    Object.entries(files).map(([name, text]) => [relative('labs/demo', name).replaceAll('\\', '/'), text]),
  )
  const findings = checked.findings.map(({ rule, severity, place, message, hint, fix }) => {
    const name = relative(demo, place.file).replaceAll('\\', '/')
    const lines = (texts[name] ?? '').split('\n').slice(0, place.line - 1)
    const offset = lines.reduce((sum, line) => sum + line.length + 1, 0) + place.column - 1
    return { rule, severity, name, offset, message, hint, fixable: fix !== undefined && fix.length > 0 }
  })
  return { findings, texts, folder, checked }
}
