import type { Report } from '../assertions/index.ts'
import { accessSection } from './page/access-section.ts'
import { labSection } from './page/lab-section.ts'
import { labTable } from './page/lab-table.ts'
import { pageHead, verdictWords } from './page/page-head.ts'
import { pageStyle } from './page/page-style.ts'
import { timeline } from './page/timeline.ts'
import { troubleList } from './page/trouble-list.ts'
import { escaped, oneLine } from './words/clean-text.ts'

/** Nothing may be loaded and no script may run, whatever an answer of AWS's holds. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** The report as one page in one file: no script, no request, light or dark as the reader has it, and fit to be printed. */
export function html(report: Report): string {
  const { command, labs } = report
  const sections = [
    troubleList(report),
    labTable(labs),
    accessSection(report),
    timeline(report),
    labs.length === 0
      ? ''
      : `<section aria-labelledby="steps">\n<h2 id="steps">Steps</h2>\n${labs.map(labSection).join('')}</section>\n`,
    leftList(report),
  ]
  const links = sections.flatMap(section => {
    const [, id, title] = /<h2 id="(\w+)">([^<]*)<\/h2>/.exec(section) ?? []
    return id && title ? [`<li><a href="#${id}">${title}</a></li>`] : []
  })
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>AccessLab ${command}: ${verdictWords(report)}</title>
<style>${pageStyle}</style>
</head>
<body>
${pageHead(report)}${links.length === 0 ? '' : `<nav aria-label="On this page"><ul>${links.join('')}</ul></nav>\n`}<main>
${sections.join('')}</main>
</body>
</html>
`
}

function leftList({ leftovers }: Report): string {
  if (leftovers.length === 0) return ''
  const left = leftovers.map(({ type, name }) => `<li>${escaped(oneLine(`${type} ${name}`))}</li>`)
  return `<section aria-labelledby="left">\n<h2 id="left">What is left</h2>\n<ul>\n${left.join('\n')}\n</ul>\n</section>\n`
}
