import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Shells set their prompt from these, whatever PS1 they inherit. */
const prompts = { '.bashrc': "PS1='(sandbox) \\w \\$ '\n", '.zshrc': "PROMPT='(sandbox) %~ %# '\n" }

/** Makes the home folder of programs that run against the sandbox, with an empty `.aws`; one that is there is kept. */
export function prepareHome(home: string): string {
  mkdirSync(join(home, '.aws'), { recursive: true, mode: 0o700 })
  for (const [name, text] of Object.entries(prompts))
    if (!existsSync(join(home, name))) writeFileSync(join(home, name), text)
  return home
}

export const clearHome = (home: string): void => rmSync(home, { recursive: true, force: true })
