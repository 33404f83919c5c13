import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkLabs } from '../../../../runner/check/check-labs.ts'
import { type Catalogue, type Lab, loadCatalogue, loadLabs } from '../../../../runner/definition/index.ts'
import { stepKinds } from '../../../../runner/steps/index.ts'
import { root } from '../../../repository/source-files.ts'
import { folderOf } from '../check-example.ts'
import { documentMutators } from './document-mutators.ts'
import { folderMutators } from './folder-mutators.ts'
import { labMutators } from './lab-mutators.ts'
import { chanceOf, type LabTexts, type Mutation } from './mutator.ts'

const mutators = [...labMutators, ...documentMutators, ...folderMutators]
const broken = process.env.SOAK === undefined ? 100 : 2000
const seed = 20_261_122

let catalogue: Catalogue
let labs: readonly Lab[]
let corpus: readonly Broken[]
const texts = new Map<string, LabTexts>()

async function textsOf(folder: string): Promise<LabTexts> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  const read = files.map(async file => [relative(folder, file).replaceAll('\\', '/'), await readFile(file, 'utf8')])
  return Object.fromEntries(await Promise.all(read))
}

beforeAll(async () => {
  catalogue = await loadCatalogue(join(root, 'labs.yaml'))
  labs = await loadLabs(catalogue, catalogue.labs, stepKinds)
  for (const lab of labs) texts.set(lab.id, await textsOf(lab.folder))
  corpus = brokenLabs()
})

/** The lab with all that it needs and that need it: what rules look at. */
function relatives(id: string): string[] {
  const needs = (one: string): string[] => [one, ...(labs.find(lab => lab.id === one)?.needs ?? []).flatMap(needs)]
  const related = labs.filter(lab => needs(lab.id).includes(id)).flatMap(lab => needs(lab.id))
  return catalogue.labs.filter(each => related.includes(each) || each === 'ecr-repositories')
}

/** Checks one lab of the catalogue, its texts taken for the lab's own. */
async function checked(id: string, own: LabTexts) {
  const ids = relatives(id)
  const files = ids.flatMap(each =>
    Object.entries(each === id ? own : (texts.get(each) ?? {})).map(([name, text]) => [`labs/${each}/${name}`, text]),
  )
  const list = (await readFile(join(root, 'labs.yaml'), 'utf8')).replace(
    /^labs:\n( {2}- .*\n)+/m,
    `labs: [${ids.join(', ')}]\n`,
  )
  const folder = await folderOf({ ...Object.fromEntries(files), 'labs.yaml': list })
  const { findings } = await checkLabs(await loadCatalogue(join(folder, 'labs.yaml')), [id])
  return findings.map(({ rule, place }) => ({
    rule,
    name: relative(join(folder, 'labs', id), place.file).replaceAll('\\', '/'),
    line: place.line,
  }))
}

interface Broken extends Mutation {
  id: string
}

/** Each mutator in turn, on a lab that has a place for it. */
function brokenLabs(): Broken[] {
  const chance = chanceOf(seed)
  const made: Broken[] = []
  for (let turn = 0; made.length < broken; turn += 1) {
    const mutator = mutators[turn % mutators.length]
    const begin = chance(labs.length)
    for (let tried = 0; tried < labs.length; tried += 1) {
      const id = labs[(begin + tried) % labs.length]?.id ?? ''
      const mutation = mutator?.mutate(id, texts.get(id) ?? {}, chance)
      if (!mutation) continue
      made.push({ id, ...mutation })
      break
    }
  }
  return made
}

describe('broken labs', () => {
  test.each(Array.from({ length: broken }, (_, index) => index))('number %i is found at its line', async index => {
    const { id, files, rule, name, line } = corpus[index] ?? { ...({} as Broken) }
    const found = await checked(id, files)
    expect(found, `${rule} in ${id}`).toContainEqual({ rule, name, line })
  })

  test('they hold more than sixty mistakes of different kinds, and every mutator has a place', () => {
    expect(new Set(corpus.map(({ rule }) => rule)).size).toBeGreaterThan(60)
    for (const { rule } of mutators)
      expect(
        corpus.some(each => each.rule === rule),
        rule,
      ).toBe(true)
  })

  test('nothing is found in the right ones', async () => {
    for (const [id, own] of texts) expect(await checked(id, own), id).toEqual([])
  })
})
