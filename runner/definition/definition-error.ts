import type { Place } from './lab.ts'

/** One thing wrong in a file. The text says what was found and what was expected; `hint` is one next thing to do. */
export interface Problem {
  place: Place
  message: string
  hint: string | null
  /** Id of the rule that it breaks, a page of `docs/rules`; not given: `definition`. */
  rule?: string
}

/** A lab, page or labs.yaml that cannot be used: exit 2. Holds all problems of the files read, in order. */
export class DefinitionError extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(problems.map(problem => problem.message).join('; '))
    this.name = 'DefinitionError'
    this.problems = problems
  }
}
