import { allOf, conflict } from './conflict.ts'
import { touchesOfUndo } from './lab-touches.ts'
import type { Change, PastRun } from './runs.ts'

export interface ToUndo {
  change: Change
  run: PastRun
}

/** What a run made of one lab, in the order in which it is taken back. */
export interface UndoGroup<T extends ToUndo> {
  changes: T[]
  /** Groups before this one that must be done first. */
  waitsFor: number[]
}

/**
 * Changes by the lab and the run that made them. A group waits for those before it that touch what it touches, and within a run for those of
 * labs that one of the two needs.
 *
 * @param changes newest first
 */
export function undoGroups<T extends ToUndo>(
  changes: readonly T[],
  dependents: (lab: string) => readonly string[],
): UndoGroup<T>[] {
  const byLab = new Map<string, T[]>()
  for (const each of changes) {
    const key = JSON.stringify([each.run.folder, each.change.lab])
    const group = byLab.get(key) ?? []
    group.push(each)
    byLab.set(key, group)
  }
  const groups = [...byLab.values()].map(each => ({
    changes: each,
    lab: each[0]?.change.lab ?? '',
    run: each[0]?.run,
    // Nothing is joined to one that is alone.
    touches: byLab.size === 1 ? [] : allOf(each.map(({ change }) => touchesOfUndo(change))),
  }))
  const needs = new Map(groups.map(({ lab }) => [lab, new Set(dependents(lab))]))
  const ofOneFamily = (a: (typeof groups)[number], b: (typeof groups)[number]): boolean =>
    (a.run === b.run || !(a.run?.start.isolated || b.run?.start.isolated)) &&
    (a.lab === b.lab || (needs.get(a.lab)?.has(b.lab) ?? false) || (needs.get(b.lab)?.has(a.lab) ?? false))
  return groups.map((group, position) => ({
    changes: group.changes,
    waitsFor: groups.slice(0, position).flatMap((before, index) => {
      const joined = ofOneFamily(group, before) || conflict(group.touches, before.touches)
      return joined ? [index] : []
    }),
  }))
}
