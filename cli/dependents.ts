import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { type Catalogue, labFile } from '../runner/definition/index.ts'
import { skimNeeds } from '../runner/definition/skim-catalogue.ts'

/**
 * Which labs of the catalogue need a lab, directly or further on, those farthest from it first. Reads only `needs:`, so that a lab which is
 * broken otherwise can still be cleaned up after.
 */
export async function dependentsIn(catalogue: Catalogue): Promise<(lab: string) => readonly string[]> {
  const needs = new Map(
    await Promise.all(catalogue.labs.map(async id => [id, await needsOf(labFile(catalogue, id))] as const)),
  )
  return lab => {
    const found = new Set<string>()
    const visit = (id: string) => {
      for (const [other, itsNeeds] of needs) {
        if (!itsNeeds.includes(id) || found.has(other)) continue
        found.add(other)
        visit(other)
      }
    }
    visit(lab)
    return [...found].reverse()
  }
}

async function needsOf(file: string): Promise<unknown[]> {
  try {
    const text = await readFile(file, 'utf8')
    const needs = skimNeeds(text) ?? (parse(text) as { needs?: unknown } | null)?.needs
    return Array.isArray(needs) ? needs : []
  } catch {
    return []
  }
}
