import type { Report } from '../../assertions/index.ts'
import { type AccessRow, type AccessTable, accessTables, type ChangeStep } from '../access/access-tables.ts'
import { nameIn } from '../access/concerns.ts'
import { escaped, oneLine } from '../words/clean-text.ts'
import { accessCell, notAsked } from './access-cell.ts'
import { labAnchor } from './anchors.ts'
import { stepLink } from './marks.ts'

/** Who may do what on what, by which policy, in each state of each lab. */
export function accessSection(report: Report): string {
  const tables = accessTables(report)
  if (tables.length === 0) return ''
  return `<section aria-labelledby="access">
<h2 id="access">Who may do what</h2>
<p>Each column is a state of the account: it begins with a change and says what was decided then. What no step asked is left open.</p>
${tables.map((table, index) => tableOf(table, index)).join('')}</section>
`
}

function tableOf({ lab, states, rows }: AccessTable, index: number): string {
  const hasBefore = rows.some(row => row.before !== null)
  const before = hasBefore ? '<th scope="col">before this lab</th>' : ''
  const heads = states.map(changes => `<th scope="col">${stateWords(changes)}</th>`)
  const lines = rows.map((row, at) => rowOf(row, hasBefore, sameWho(rows[at - 1], row)))
  const caption = `${labAnchor(lab.id)}-access-${index}`
  return `<div class="scroll" role="region" tabindex="0" aria-labelledby="${caption}">
<table class="access${states.length > 3 ? ' wide' : ''}">
<caption id="${caption}">${escaped(oneLine(lab.id))}</caption>
<thead><tr><th scope="col">who</th><th scope="col">may do</th><th scope="col">on</th>${before}${heads.join('')}</tr></thead>
<tbody>
${lines.join('')}</tbody>
</table>
</div>
`
}

const mostChanges = 4

function stateWords(changes: readonly ChangeStep[]): string {
  if (changes.length === 0) return 'at the start'
  const links = changes.slice(-mostChanges).map(({ lab, step }) => stepLink(lab, step))
  const others = changes.length - links.length
  return `after ${others > 0 ? `${others} more, ` : ''}${links.join(', ')}`
}

const sameWho = (a: AccessRow | undefined, b: AccessRow): boolean =>
  a !== undefined && a.identity === b.identity && a.principal === b.principal

function rowOf(row: AccessRow, hasBefore: boolean, repeated: boolean): string {
  const { identity, principal, action, resource } = row
  const who = `<span class="${repeated ? 'again' : 'name'}">${escaped(oneLine(identity ?? 'the caller'))}</span>${repeated ? '' : nameOf(principal)}`
  const before = hasBefore ? `<td>${row.before === null ? notAsked : accessCell([row.before])}</td>` : ''
  const cells = row.cells.map(cells => `<td>${cells.length === 0 ? notAsked : accessCell(cells)}</td>`)
  return `<tr><th scope="row">${who}</th><td><code>${escaped(oneLine(action))}</code></td><td>${escaped(oneLine(onWhat(resource)))}</td>${before}${cells.join('')}</tr>\n`
}

function nameOf(principal: string | null): string {
  const kind = principal?.split(':')[5]?.split('/')[0]?.replace('assumed-role', 'role')
  const name = nameIn(principal)
  return kind === undefined || name === null
    ? ''
    : `<br><span class="faint">${escaped(oneLine(`${kind} ${name}`))}</span>`
}

/** `team-a/alpine`; what is no repository with its type: `role r`. */
function onWhat(resource: string): string {
  if (resource === '*') return 'anything (*)'
  const [type, ...path] = (resource.split(':')[5] ?? '').split('/')
  return path.length === 0 ? resource : type === 'repository' ? path.join('/') : `${type} ${path.join('/')}`
}
