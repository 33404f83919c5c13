import type { AccessDecision, LabReport, Report, StepReport } from '../../assertions/index.ts'
import { concerns } from './concerns.ts'

/** A step that changed something. */
export interface ChangeStep {
  lab: string
  step: string
  type: string
  name: string
}

/** One decision in its place: between two changes. */
export interface AccessCell extends AccessDecision {
  lab: string
  step: string
  status: StepReport['status']
  /** Changes since it was last asked that bear on it, where it was decided otherwise then; empty: nothing turned it. */
  turnedBy: ChangeStep[]
}

/** Who may do what on what, through the states of a lab. */
export interface AccessRow {
  identity: string | null
  principal: string | null
  action: string
  resource: string
  /** As it was last decided in a lab before this one; null: it was not asked. */
  before: AccessCell | null
  /** A state a column: what was decided in it, in order; empty: not asked. */
  cells: AccessCell[][]
}

export interface AccessTable {
  lab: LabReport
  /** What each state came after. */
  states: ChangeStep[][]
  rows: AccessRow[]
}

type Question = Pick<AccessDecision, 'identity' | 'principal' | 'action' | 'resource'>

const keyOf = ({ identity, principal, action, resource }: Question): string =>
  JSON.stringify([identity, principal, action, resource])

/**
 * The decisions that the steps of each lab tell of, by who, what and where, and by the changes between them. A state begins with the first question after
 * a change. Labs without a decision have no table.
 */
export function accessTables({ labs }: Pick<Report, 'labs'>): AccessTable[] {
  const known = new Map<string, { cell: AccessCell; since: ChangeStep[] }>()
  const tables: AccessTable[] = []
  for (const lab of labs) {
    const table: AccessTable = { lab, states: [], rows: [] }
    const before = new Map([...known].map(([key, { cell }]) => [key, cell]))
    let pending: ChangeStep[] = []
    for (const step of lab.steps) {
      if (step.access.length > 0 && (pending.length > 0 || table.states.length === 0)) {
        table.states.push(pending)
        pending = []
      }
      for (const decision of step.access) {
        const key = keyOf(decision)
        const earlier = known.get(key)
        const turned = earlier !== undefined && earlier.cell.decision !== decision.decision
        const cell: AccessCell = {
          ...{ ...decision, lab: lab.id, step: step.id, status: step.status },
          turnedBy: turned ? bearing(earlier.since, decision) : [],
        }
        known.set(key, { cell, since: [] })
        const row = table.rows.find(each => keyOf(each) === key) ?? newRow(table, decision, before.get(key))
        const at = table.states.length - 1
        row.cells[at] = [...(row.cells[at] ?? []), cell]
      }
      if (step.changed) {
        const change = { lab: lab.id, step: step.id, ...step.changed }
        pending.push(change)
        for (const { since } of known.values()) since.push(change)
      }
    }
    if (table.rows.length > 0) tables.push(tidy(table))
  }
  return tables
}

function newRow({ rows }: AccessTable, { identity, principal, action, resource }: AccessDecision, before?: AccessCell) {
  const row: AccessRow = { identity, principal, action, resource, before: before ?? null, cells: [] }
  rows.push(row)
  return row
}

/** Those that touch whoever asks or what is asked about; where none can be told, all of them. */
function bearing(changes: readonly ChangeStep[], decision: AccessDecision): ChangeStep[] {
  const near = changes.filter(change => concerns(change, decision))
  return near.length > 0 ? near : [...changes]
}

/** Every row as long as there are states; of the changes those that bear on a row; rows about a repository first, then by who asks. */
function tidy({ lab, states, rows }: AccessTable): AccessTable {
  const askers = rows.map(whoOf)
  const bears = (change: ChangeStep) => rows.some(row => concerns(change, row))
  return {
    lab,
    states: states.map(changes => (changes.some(bears) ? changes.filter(bears) : changes)),
    rows: rows
      .map(row => ({ ...row, cells: states.map((_, index) => row.cells[index] ?? []) }))
      .sort(
        (a, b) =>
          Number(isRepository(b)) - Number(isRepository(a)) || askers.indexOf(whoOf(a)) - askers.indexOf(whoOf(b)),
      ),
  }
}

const whoOf = ({ identity, principal }: AccessRow): string => JSON.stringify([identity, principal])

const isRepository = ({ resource }: AccessRow): boolean => resource.includes(':repository/')
