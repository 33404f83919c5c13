import type { LabReport, Report } from '../assertions/index.ts'
import { anchorOf, labSection, statusMark } from './page/lab-section.ts'
import { pageStyle } from './page/page-style.ts'
import { timeTable } from './page/time-table.ts'
import { escaped, oneLine } from './words/clean-text.ts'
import { stepsOf } from './words/step-words.ts'

/** Nothing may be loaded and no script may run, whatever an answer of AWS's holds. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The report as one page in one file: no script, no request, light or dark as the reader has it, and fit to be printed. */
export function html(report: Report): string {
  const { command, labs, leftovers } = report
  const steps = stepsOf(report).map(({ step }) => step)
  const passed = steps.filter(({ status }) => status === 'passed').length
  const verdict = `${passed} of ${steps.length} steps as expected`
  const left = leftovers.map(({ type, name }) => `<li>${escaped(oneLine(`${type} ${name}`))}</li>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>AccessLab ${command}: ${verdict}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<h1>AccessLab ${command}: ${verdict}</h1>
<p class="faint">${placeOf(report)}</p>
${labTable(labs)}${labs.map(labSection).join('')}${timeTable(report)}${left.length === 0 ? '' : `<section aria-labelledby="left">\n<h2 id="left">What is left</h2>\n<ul>\n${left.join('\n')}\n</ul>\n</section>\n`}</main>
</body>
</html>
`
}

const placeOf = ({ target, accountId, region, runId, startedAt, durationMs, exitCode, tool }: Report): string =>
  escaped(
    oneLine(
      `${target} · account ${accountId} · ${region} · run ${runId} · ${startedAt} · ${(durationMs / 1000).toFixed(1)} s · exit code ${exitCode} · ${tool.name} ${tool.version}`,
    ),
  )

function labTable(labs: readonly LabReport[]): string {
  if (labs.length === 0) return '<p>No lab was run.</p>\n'
  const rows = labs.map(lab => {
    const { id, status, setUp, steps, points, maxPoints } = lab
    const passed = steps.filter(step => step.status === 'passed').length
    const graded = maxPoints === 0 ? '' : points === null ? 'not graded' : `${points}/${maxPoints}`
    return `<tr><th scope="row"><a href="#${anchorOf(lab)}">${escaped(oneLine(id))}</a>${setUp ? ' (set-up)' : ''}</th><td>${statusMark(status)}</td><td class="number">${passed}/${steps.length}</td><td class="number">${graded}</td></tr>\n`
  })
  return `<table>\n<thead><tr><th scope="col">lab</th><th scope="col">outcome</th><th scope="col">as expected</th><th scope="col">points</th></tr></thead>\n<tbody>\n${rows.join('')}</tbody>\n</table>\n`
}
