import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { environmentError, type LabError } from '../runner/lab-error.ts'
import type { Options } from './options.ts'

type Wanted = Options['report']

/** Each missing folder by itself: Node's own way of making several never ends where a file system makes none, such as /proc. */
export function makeFolder(folder: string): void {
  const made = dirname(folder)
  if (made !== folder && statSync(made, { throwIfNoEntry: false }) === undefined) makeFolder(made)
  try {
    mkdirSync(folder)
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error
  }
}

const cannot = (path: string, { message }: Error): string => `the report \`${path}\` cannot be written: ${message}`

/**
 * Before anything runs: makes the folders of `--report`, and finds what cannot be written as far as that can be known.
 *
 * @param isFolder kinds that are a folder of files
 * @throws LabError (3) naming every file that cannot
 */
export function checkReportFiles(cwd: string, wanted: Wanted, isFolder = (_kind: string): boolean => false): void {
  const wrong = wanted.flatMap(({ kind, path }) => {
    try {
      checkPlace(resolve(cwd, path), isFolder(kind))
      return []
    } catch (error) {
      return [cannot(path, error as Error)]
    }
  })
  if (wrong.length > 0)
    throw environmentError(wrong.join('; '), 'nothing was begun: give a file in a folder that can be written')
}

function checkPlace(file: string, isFolder: boolean): void {
  const folder = isFolder ? file : dirname(file)
  makeFolder(folder)
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isDirectory() && !isFolder) throw new Error('it is a folder')
  accessSync(found ? file : folder, constants.W_OK)
}

export interface WrittenReports {
  files: Wanted
  /** One (3) for each that could not be written. */
  errors: LabError[]
}

/** Writes each file of `--report`, whatever became of the others. */
export function writeEach(cwd: string, wanted: Wanted, write: (kind: string, file: string) => void): WrittenReports {
  const done: WrittenReports = { files: [], errors: [] }
  for (const each of wanted)
    try {
      const file = resolve(cwd, each.path)
      makeFolder(dirname(file))
      write(each.kind, file)
      done.files.push(each)
    } catch (error) {
      done.errors.push(environmentError(cannot(each.path, error as Error)))
    }
  return done
}
