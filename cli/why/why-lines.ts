import { principalInWords, resourceInWords } from '../../assertions/index.ts'
import type { LayerSaying, PlacedStatement, Why } from '../../runner/engine/why/why.ts'
import type { Paper } from '../show/paper.ts'
import { indented, labelled, parted } from '../show/wrap.ts'
import { hintOf, solutionOf } from './change-words.ts'
import { mismatchInWords, statementInWords, typeInWords } from './statement-words.ts'

const layerWords: Record<LayerSaying['verdict'], string> = {
  allows: 'allows',
  denies: 'denies',
  silent: 'allows nothing here',
  notApplicable: 'there is none, or it has no say here',
  notRead: 'not read',
}

const sources = {
  recorded: "the sandbox's own record",
  evaluated: 'decided from the policies as they are now',
  answer: "all that AWS's answer says",
} as const

function decisionWords({ check }: Why): string {
  if (check === null) return 'the answer names no reason'
  const type = check.policyType === null ? 'policy' : typeInWords(check.policyType)
  if (check.decision === 'allowed') return 'allowed'
  if (check.decision === 'implicitDeny') return `denied, because no ${type} allows it`
  return `explicitly denied by ${type.startsWith('identity') ? 'an' : 'a'} ${type}`
}

const placeWords = ({ place }: PlacedStatement): string =>
  place === null ? 'in none of the files of the lab' : `${place.file}:${place.line}`

function decidingLines(why: Why, { width, colours }: Paper): string[] {
  return why.deciding.flatMap(statement => [
    ...labelled(`${statement.effect}: `, `${statementInWords(statement)}, ${placeWords(statement)}`, '  ', width),
    ...(statement.statement === null
      ? []
      : indented(JSON.stringify(statement.statement), '    ', width).map(colours.faint)),
  ])
}

function nearestLines({ nearest }: Why, { width }: Paper): string[] {
  if (nearest.length === 0) return ['  No statement: nothing there is an Allow.']
  return [
    '  No statement matches. The nearest:',
    ...nearest.flatMap(statement =>
      labelled(
        '- ',
        `${statementInWords(statement)}, ${placeWords(statement)}: ${statement.mismatch ? mismatchInWords(statement.mismatch) : ''}`,
        '  ',
        width,
      ),
    ),
  ]
}

function changeLines(why: Why, solve: boolean, { width }: Paper): string[] {
  const { change } = why
  if (change === null) return []
  if (!solve || change.edits === null)
    return [
      '',
      ...labelled('Hint: ', hintOf(change), '', width),
      ...(change.edits === null
        ? []
        : indented(`The whole change: lab why ${why.lab} ${why.step} --solve`, '      ', width)),
    ]
  return [
    '',
    `To have it ${change.turns}:`,
    ...solutionOf(change, why.principal).flatMap(({ words, statement }, index) => [
      ...labelled(`${index + 1}. `, words, '  ', width),
      ...(statement === null
        ? []
        : JSON.stringify(statement, null, 2)
            .split('\n')
            .map(line => `     ${line}`)),
    ]),
  ]
}

/** What a person reads of `lab why`. */
export function whyLines(why: Why, solve: boolean, paper: Paper): string[] {
  const { width, colours } = paper
  const { check, principal, layers, source, outcome, message, code } = why
  const asked = check && `\`${check.action}\` on ${resourceInWords(check.resource)}`
  const caller = principal && `by ${principalInWords(principal)}`
  const lacks = check?.decision === 'implicitDeny' && layers.length > 0
  const typeWidth = Math.max(0, ...layers.map(({ policyType }) => typeInWords(policyType).length)) + 2
  return [
    ...parted([`${why.lab}/${why.step}`, `run ${why.runId}`, `${why.file}:${why.line}`], '', width).map(colours.strong),
    ...(outcome === 'failed' ? indented(`failed: ${code}: ${message}`, '', width) : []),
    ...(asked === null ? [] : indented([asked, caller].filter(each => each !== null).join(', '), '', width)),
    ...(source === null ? [] : indented(`${decisionWords(why)} (${sources[source]})`, '', width)),
    ...decidingLines(why, paper),
    ...(lacks ? nearestLines(why, paper) : []),
    ...(layers.length === 0 ? [] : ['', 'Layers, in the order AWS looks at them:']),
    ...layers.map(({ policyType, verdict }) => {
      const words = layerWords[verdict]
      const paint = verdict === 'allows' ? colours.good : verdict === 'denies' ? colours.bad : colours.faint
      return `  ${typeInWords(policyType).padEnd(typeWidth)}${paint(words)}`
    }),
    ...changeLines(why, solve, paper),
    ...why.notes.flatMap(note => labelled('Note: ', note, '', width)),
  ]
}
