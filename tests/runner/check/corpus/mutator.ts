/** The files of one lab by name in its folder. */
export type LabTexts = Readonly<Record<string, string>>

/** A mistake put into a lab, and where it must be found. */
export interface Mutation {
  rule: string
  files: LabTexts
  /** Name of the file of the finding, and its line. */
  name: string
  line: number
}

/** A number from 0 to below n, the same for the same seed. */
export type Chance = (n: number) => number

export interface Mutator {
  rule: string
  /** null: there is no place for this mistake in the lab. */
  mutate(id: string, files: LabTexts, chance: Chance): Mutation | null
}

export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  return n => {
    // mulberry32
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n
  }
}

export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

export interface Edit {
  rule: string
  /** Which files it is for. */
  files: (name: string, text: string, id: string) => boolean
  find: RegExp
  /** What stands in place of the match. */
  put: (match: RegExpExecArray) => string
  /** Text of the replacement at which the finding stands; not given: its beginning. */
  at?: string
}

/** A mistake made by replacing one match of a pattern, drawn by chance. */
export const edit = ({ rule, files: wanted, find, put, at = '' }: Edit): Mutator => ({
  rule,
  mutate(id, files, chance) {
    const matches = Object.entries(files)
      .filter(([name, text]) => wanted(name, text, id))
      .flatMap(([name, text]) => [...text.matchAll(find)].map(match => ({ name, text, match })))
    const drawn = matches[chance(Math.max(1, matches.length))]
    if (!drawn) return null
    const { name, text, match } = drawn
    const made = put(match)
    const changed = text.slice(0, match.index) + made + text.slice(match.index + match[0].length)
    const line = lineOf(changed, match.index + made.indexOf(at))
    return { rule, files: { ...files, [name]: changed }, name, line }
  },
})

export const inLab = (name: string): boolean => name === 'lab.yaml'
const isJson = (name: string): boolean => name.endsWith('.json')
/** A policy that grants, as IAM's are: with resources, without principals. */
export const inIdentity = (name: string, text: string): boolean =>
  isJson(name) && text.includes('"Resource"') && !text.includes('"Principal"')
/** A repository's policy: principals and actions of ECR. */
export const inRepository = (name: string, text: string): boolean =>
  isJson(name) && text.includes('"Principal"') && text.includes('"ecr:') && !text.includes('"Resource"')
export const inPolicy = (name: string, text: string): boolean => inIdentity(name, text) || inRepository(name, text)
