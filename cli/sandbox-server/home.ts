import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AdminKeys } from './open-sandbox.ts'

/** Shells set their prompt from these, whatever PS1 they inherit. */
const prompts = { '.bashrc': "PS1='(sandbox) \\w \\$ '\n", '.zshrc': "PROMPT='(sandbox) %~ %# '\n" }

/** Makes the home folder of programs that run against the sandbox, with the profile `partner` in its `.aws` where keys are given; one that is there is kept. */
export function prepareHome(home: string, partner?: AdminKeys): string {
  mkdirSync(join(home, '.aws'), { recursive: true, mode: 0o700 })
  for (const [name, text] of Object.entries(prompts))
    if (!existsSync(join(home, name))) writeFileSync(join(home, name), text)
  if (partner) offerPartner(join(home, '.aws', 'config'), partner)
  return home
}

/** What the person wrote there stays: the profile is added where there is none of its name with these keys. */
function offerPartner(config: string, { accessKeyId, secretAccessKey }: AdminKeys): void {
  const text = existsSync(config) ? readFileSync(config, 'utf8') : ''
  if (text.includes(accessKeyId)) return
  const profile = `[profile partner]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
  appendFileSync(config, `${text === '' || text.endsWith('\n') ? '' : '\n'}${profile}`, { mode: 0o600 })
}

export const clearHome = (home: string): void => rmSync(home, { recursive: true, force: true })
