import type { StepReport } from '../../assertions/index.ts'
import { escaped, oneLine } from '../words/clean-text.ts'
import { stepAnchor } from './anchors.ts'

const icons = { passed: '✔', failed: '✖', error: '!', blocked: '⊘', skipped: '–' } as const

/** The outcome as a word beside its sign: colour alone says nothing. */
export const statusMark = (status: StepReport['status']): string =>
  `<span class="status ${status}"><span aria-hidden="true">${icons[status]}</span> ${status}</span>`

export const stepLink = (lab: string, step: string, text = step): string =>
  `<a href="#${stepAnchor(lab, step)}">${escaped(oneLine(text))}</a>`

/** `1/2`, `not graded`; empty without points. */
export const pointsWords = ({ points, maxPoints }: { points: number | null; maxPoints: number }): string =>
  maxPoints === 0 ? '' : points === null ? 'not graded' : `${points}/${maxPoints}`
