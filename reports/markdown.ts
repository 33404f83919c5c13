import type { LabReport, Report, StepReport } from '../assertions/index.ts'
import { markdownBlock, markdownCode, markdownText } from './words/markdown-text.ts'
import { isTrouble, stepsOf, storyLines, subjectOf } from './words/step-words.ts'

/** The report as a summary for a page that renders Markdown: a row a lab, then each step that did not come as expected. */
export function markdown(report: Report): string {
  const { command, target, accountId, region, runId, labs, leftovers } = report
  const trouble = stepsOf(report).filter(({ step }) => isTrouble(step))
  const sections = [
    `## AccessLab ${command}: ${verdictOf(report)}`,
    `${target} · account ${markdownText(accountId)} · ${markdownText(region)} · run ${markdownCode(runId)} · ${(report.durationMs / 1000).toFixed(1)} s`,
    ['| lab | outcome | as expected | points |', '|---|---|--:|--:|', ...labs.map(rowOf)].join('\n'),
    ...trouble.map(
      ({ lab, step }) =>
        `### ${markdownCode(`${lab.id}/${step.id}`)} ${step.status}\n\n${markdownText(subjectOf(step))}\n\n${markdownBlock(storyLines(step).join('\n'))}`,
    ),
    ...(leftovers.length === 0
      ? []
      : [
          `### What is left\n\n${leftovers.map(({ type, name }) => `- ${markdownText(type)} ${markdownCode(name)}`).join('\n')}`,
        ]),
  ]
  return `${sections.join('\n\n')}\n`
}

function verdictOf(report: Report): string {
  const steps = stepsOf(report).map(({ step }) => step)
  const of = (status: StepReport['status']) => steps.filter(step => step.status === status).length
  const others = (['failed', 'error', 'blocked', 'skipped'] as const).filter(status => of(status) > 0)
  return [`${of('passed')} of ${steps.length} steps as expected`, ...others.map(each => `${of(each)} ${each}`)].join(
    ', ',
  )
}

function rowOf({ id, status, setUp, steps, points, maxPoints }: LabReport): string {
  const passed = steps.filter(step => step.status === 'passed').length
  const graded = maxPoints === 0 ? '' : `${points ?? 'not graded'}${points === null ? '' : `/${maxPoints}`}`
  return `| ${markdownCode(id)}${setUp ? ' (set-up)' : ''} | ${status} | ${passed}/${steps.length} | ${graded} |`
}
