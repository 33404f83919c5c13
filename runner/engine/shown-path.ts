import { relative } from 'node:path'

/** A path as a person reads it: relative to the working folder where it lies in it. */
export function shownPath(path: string, workingFolder: string): string {
  const inside = relative(workingFolder, path)
  return inside.startsWith('..') || inside === '' ? path : inside
}
