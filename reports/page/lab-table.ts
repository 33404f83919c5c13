import type { LabReport } from '../../assertions/index.ts'
import { escaped, oneLine } from '../words/clean-text.ts'
import { durationWords } from '../words/duration.ts'
import { labAnchor } from './anchors.ts'
import { pointsWords, statusMark } from './marks.ts'

/** A lab a line. */
export function labTable(labs: readonly LabReport[]): string {
  if (labs.length === 0) return '<p>No lab was run.</p>\n'
  const rows = labs.map(lab => {
    const { id, title, status, setUp, steps } = lab
    const passed = steps.filter(step => step.status === 'passed').length
    const took = steps.reduce((total, step) => total + step.durationMs, 0)
    const name = `<a href="#${labAnchor(id)}">${escaped(oneLine(id))}</a>${setUp ? ' <span class="tag">set-up</span>' : ''}`
    return `<tr><th scope="row">${name}</th><td class="faint">${escaped(oneLine(title))}</td><td>${statusMark(status)}</td><td class="number">${passed}/${steps.length}</td><td class="number">${pointsWords(lab)}</td><td class="number">${durationWords(took)}</td></tr>\n`
  })
  return `<section aria-labelledby="labs">\n<h2 id="labs">Labs</h2>\n<div class="wide" role="group" tabindex="0" aria-labelledby="labs">\n<table class="labs">\n<thead><tr><th scope="col">lab</th><th scope="col">title</th><th scope="col">outcome</th><th scope="col" class="number">as expected</th><th scope="col" class="number">points</th><th scope="col" class="number">time</th></tr></thead>\n<tbody>\n${rows.join('')}</tbody>\n</table>\n</div>\n</section>\n`
}
