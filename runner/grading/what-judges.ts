import { type Catalogue, isFileDocument, type Lab } from '../definition/index.ts'
import { digestOf } from './grading-folder.ts'

export interface Judging {
  /** The labs asked for, and all that they need; answers in place of their documents where a participant's own are run. */
  labs: readonly Lab[]
  /** Every lab of the catalogue, where others may override a probe of these. */
  all: readonly Lab[]
  catalogue: Catalogue
}

/**
 * Digest of all that a verdict comes from: the labs' definitions and documents, and what labs.yaml says of every lab. Where they lie is no part of it:
 * other machines have other folders. What a `command` step reads beside its lab is not looked into.
 */
export function digestOfLabs({ labs, all, catalogue }: Judging): string {
  const ids = new Set(labs.map(({ id }) => id))
  const overriding = all.filter(
    ({ id, groups }) =>
      !ids.has(id) &&
      groups.flat().some(({ supersedes }) => supersedes.some(name => ids.has(name.split('/')[0] ?? ''))),
  )
  const { timings, created, identities, pages } = catalogue
  return digestOf(withoutFiles([labs.map(bare), overriding.map(bare), timings, created, identities, pages]))
}

/** Templates are those of the steps, with their places. */
const bare = ({ file: _file, folder: _folder, templates: _templates, groups, ...lab }: Lab): unknown => ({
  ...lab,
  groups: groups.map(group => group.map(({ place: _place, ...step }) => step)),
})

/** Documents by their text alone. */
const withoutFiles = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => {
    if (!isFileDocument(each)) return each
    const { file: _file, ...document } = each
    return document
  })
