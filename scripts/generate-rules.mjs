// docs/rules: a page for each rule of lab check, made from the rule itself and from what lab check says of its wrong example.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from './load.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The pages by file name. */
export async function rulePages() {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-rules-'))
  try {
    const made = await load('scripts/rules-source.ts')
    const rules = made.everyRule()
    const pages = { 'README.md': made.ruleList(rules) }
    for (const rule of rules) pages[`${rule.id}.md`] = made.rulePage(rule, await said(rule, folder, made))
    return pages
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What lab check says of a lab's example; pages have a check of their own. */
async function said({ id, wrong }, folder, { checkLabs, definitionFindings, exampleFolder, loadCatalogue }) {
  if (id.startsWith('page-')) return []
  const example = join(folder, id)
  const files = { 'schema/lab.schema.json': '{}', ...exampleFolder(wrong) }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(example, name)), { recursive: true })
    writeFileSync(join(example, name), text)
  }
  const { findings } = await loadCatalogue(join(example, 'labs.yaml'))
    .then(catalogue => checkLabs(catalogue, ['demo']))
    .catch(definitionFindings)
  return findings.flatMap(({ place, severity, message, rule, hint }) => [
    `${relative(example, place.file)}: ${severity}: ${message}  [${rule}]`,
    ...(hint === null ? [] : [`  hint: ${hint}`]),
  ])
}

if (process.argv[1] === fileURLToPath(import.meta.url) || process.argv[1]?.endsWith('generate.mjs')) {
  const target = join(root, 'docs/rules')
  mkdirSync(target, { recursive: true })
  const pages = await rulePages()
  for (const name of readdirSync(target)) if (!Object.hasOwn(pages, name)) rmSync(join(target, name))
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(target, name), text)
  console.log(`docs/rules (${Object.keys(pages).length} pages)`)
}
