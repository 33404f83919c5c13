import { delimiter, join } from 'node:path'
import { withoutAws } from './aws-variables.ts'
import { installAwsShim } from './sandbox-server/aws-shim.ts'
import { prepareHome } from './sandbox-server/home.ts'
import { readSettings } from './settings.ts'
import type { World } from './world.ts'

/** Of the person's variables a program of a lab gets those that say where things are, never those that may hold a secret. */
const passed =
  /^(PATH|HOME|USERPROFILE|USER|LOGNAME|SHELL|LANG|LC_\w+|TERM|TZ|TMPDIR|TEMP|TMP|SYSTEMROOT|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES|HTTPS?_PROXY|NO_PROXY|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS)$/i

/** On AWS: the person's own programs, files and proxy. */
export const awsProgramEnvironment = (world: World): Record<string, string> =>
  Object.fromEntries(Object.entries(withoutAws(world.env)).filter(([name]) => passed.test(name)))

/** On the sandbox: a HOME of its own, no proxy, and an aws CLI that finds the endpoint. */
export async function sandboxProgramEnvironment(world: World, sandboxFolder: string): Promise<Record<string, string>> {
  const path = readSettings(world.env).path
  const shim = installAwsShim(sandboxFolder, path)
  const environment = Object.entries(awsProgramEnvironment(world)).filter(
    ([name]) => !/^(HTTPS?_PROXY|PATH)$/i.test(name),
  )
  return {
    ...Object.fromEntries(environment),
    ...homeVariables(prepareHome(join(sandboxFolder, 'home'))),
    PATH: shim === null ? path : `${shim}${delimiter}${path}`,
    AWS_EC2_METADATA_DISABLED: 'true',
  }
}

/** HOME for POSIX, USERPROFILE for Windows. */
export const homeVariables = (home: string): Record<string, string> => ({ HOME: home, USERPROFILE: home })
