import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

type Inputs = Readonly<Record<string, string>>

/**
 * The cache's actions, on a folder with one of its own for each key.
 *
 * @see https://github.com/actions/cache: `actions/cache` saves when the job ends and has succeeded, and what it has is never written over
 */
export function jobCache(folder: string, workspace: string) {
  mkdirSync(folder, { recursive: true })
  const atEnd: Inputs[] = []
  const restore = ({ path = '', key = '', 'restore-keys': prefix = key }: Inputs): void => {
    const age = (name: string) => statSync(join(folder, name)).mtimeMs
    const found = readdirSync(folder).filter(name => name.startsWith(prefix.trim()))
    const [newest] = found.includes(key) ? [key] : found.sort((a, b) => age(b) - age(a))
    if (newest !== undefined) cpSync(join(folder, newest), join(workspace, path), { recursive: true })
  }
  const save = ({ path = '', key = '' }: Inputs): void => {
    if (existsSync(join(folder, key)) || !existsSync(join(workspace, path))) return
    cpSync(join(workspace, path), join(folder, key), { recursive: true })
  }
  return {
    use(action: string, inputs: Inputs): void {
      const [name] = action.split('@')
      if (name === 'actions/cache/restore' || name === 'actions/cache') restore(inputs)
      if (name === 'actions/cache/save') save(inputs)
      if (name === 'actions/cache') atEnd.push(inputs)
    },
    /** The job has succeeded. */
    end(): void {
      for (const inputs of atEnd) save(inputs)
    },
  }
}
