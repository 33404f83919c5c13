import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

export const root = resolve(import.meta.dirname, '../..')

/** Files that git tracks, or would (not ignored), relative to the root. */
export const projectFiles: readonly string[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter(file => file !== '' && existsSync(join(root, file)))

export interface Import {
  /** As written: `./x.ts`, `zod`, `node:fs`. */
  specifier: string
  /** Relative to the root, for relative imports. */
  file: string | null
  /** `import type`, `export type`: gone at run time. */
  typeOnly: boolean
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*{][^'";]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/g

/** Static and dynamic imports of a source file. */
export function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(statement)].map(match => {
    const specifier = match[2] ?? match[3] ?? ''
    const isRelative = specifier.startsWith('.')
    return {
      specifier,
      file: isRelative ? relative(root, resolve(dirname(join(root, file)), specifier)) : null,
      // `import('./x').Y` in a type position is written with `import type` here; a dynamic import is a value.
      typeOnly: match[1] !== undefined,
    }
  })
}

/** `@aws-sdk/client-ecr` of `@aws-sdk/client-ecr/x`, `zod` of `zod/v4`. */
export const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

export const sources = (folder: string): string[] =>
  projectFiles.filter(file => file.startsWith(`${folder}/`) && /\.ts$/.test(file))
