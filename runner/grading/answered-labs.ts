import type { Lab, Step } from '../definition/index.ts'
import { answersOf, exchanged } from './answer-name.ts'
import type { Answers } from './read-answers.ts'

/** Labs with a participant's own documents in them; `of` says in which steps. */
export const answeredLabs = (
  labs: readonly Lab[],
  { texts }: Pick<Answers, 'texts'>,
  of: (step: Step) => boolean = () => true,
): Lab[] =>
  labs.map(lab => ({
    ...lab,
    groups: lab.groups.map(group =>
      group.map(step =>
        of(step)
          ? { ...step, fields: exchanged(step.fields, ({ name, text }) => texts.get(`${lab.id}/${name}`) ?? text) }
          : step,
      ),
    ),
  }))

/** The documents of a step that a participant writes, as `lab/document`. */
export const answersIn = (lab: Lab, step: Step): string[] =>
  answersOf({ ...lab, groups: [[step]] }).map(({ document }) => `${lab.id}/${document}`)
