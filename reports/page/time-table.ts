import type { Report } from '../../assertions/index.ts'
import { escaped, oneLine } from '../words/clean-text.ts'
import { stepsOf } from '../words/step-words.ts'

/** How long each step took, in their order, and which had to be asked again until AWS had settled. */
export function timeTable(report: Report): string {
  const steps = stepsOf(report).filter(({ step }) => step.status !== 'skipped')
  if (steps.length === 0) return ''
  const longest = Math.max(1, ...steps.map(({ step }) => step.durationMs))
  const rows = steps.map(({ lab, step }) => {
    const { attempts, durationMs } = step
    const width = Math.max(0.2, (durationMs / longest) * 100).toFixed(1)
    const waited = attempts > 1
    const bar = `<span class="bar${waited ? ' waited' : ''}" style="width:${width}%"></span>`
    const asked = waited ? `waited, asked ${attempts} times` : ''
    return `<tr><th scope="row">${escaped(oneLine(`${lab.id}/${step.id}`))}</th><td class="time">${bar}</td><td class="number">${(durationMs / 1000).toFixed(2)} s</td><td>${asked}</td></tr>\n`
  })
  return `<section aria-labelledby="time">\n<h2 id="time">Time</h2>\n<p class="faint">Hatched: asked again until the answers had settled.</p>\n<table>\n<thead><tr><th scope="col">step</th><th scope="col">share of the longest</th><th scope="col">time</th><th scope="col">waiting</th></tr></thead>\n<tbody>\n${rows.join('')}</tbody>\n</table>\n</section>\n`
}
