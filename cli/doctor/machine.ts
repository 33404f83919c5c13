import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pastRuns } from '../../runner/engine/runs.ts'
import { askAwsVersion } from '../sandbox-server/ask-aws-version.ts'
import { findAws, readsEndpointVariable, rememberedVersion } from '../sandbox-server/aws-shim.ts'
import { readSettings } from '../settings.ts'
import type { Workplace } from '../workplace.ts'
import type { World } from '../world.ts'
import { type Finding, ok, problem, warning } from './finding.ts'

/** The oldest Node that package.json's `engines` takes. */
const oldest = [20, 19] as const

export function nodeVersion(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const enough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1])
  return enough
    ? ok('node', `Node ${version}`)
    : problem('node', `Node ${version} is older than ${oldest.join('.')}`, 'install a newer Node from nodejs.org')
}

/** The aws CLI: wanted by people and by `command` steps, not by the labs' own calls. */
export async function awsCli(world: World, { sandboxFolder }: Workplace): Promise<Finding> {
  const { path } = readSettings(world.env)
  const program = findAws(path, join(sandboxFolder, 'bin'))
  if (program === null) return ok('aws-cli', 'no aws CLI on the search path; labs do without it')
  await askAwsVersion(sandboxFolder, path)
  const version = rememberedVersion(sandboxFolder, program)
  if (version === null)
    return warning('aws-cli', `${program.path} does not tell its version`, 'install the aws CLI anew')
  return readsEndpointVariable(version)
    ? ok('aws-cli', version)
    : warning(
        'aws-cli',
        `${version} does not read AWS_ENDPOINT_URL`,
        'take 2.13 or newer, or 1.29; `lab sandbox exec` works around it',
      )
}

/** Credentials files that others on this machine may read. */
export async function readableSecrets(workplace: Workplace, userFile: string): Promise<Finding[]> {
  if (process.platform === 'win32') return []
  // Journals that cannot be understood are a finding of their own.
  const runs = await pastRuns(workplace.labFolder).catch(() => [])
  const files = [userFile, ...runs.map(run => join(run.folder, 'credentials'))]
  const modes = await Promise.all(files.map(async file => ({ file, mode: await modeOf(file) })))
  const open = modes.filter(({ mode }) => mode !== null && (mode & 0o077) !== 0)
  return open.length === 0
    ? [ok('credentials-files', 'no credentials file can be read by others')]
    : open.map(({ file }) => warning('credentials-files', `${file} can be read by others`, `chmod 600 ${file}`))
}

const modeOf = (file: string): Promise<number | null> =>
  stat(file).then(
    found => found.mode,
    () => null,
  )
