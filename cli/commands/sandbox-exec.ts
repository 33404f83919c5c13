import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { type Catalogue, DefinitionError } from '../../runner/definition/index.ts'
import { withoutAws } from '../aws-variables.ts'
import type { Command } from '../command.ts'
import { homeVariables } from '../program-environment.ts'
import { askAwsVersion } from '../sandbox-server/ask-aws-version.ts'
import { installAwsShim } from '../sandbox-server/aws-shim.ts'
import { prepareHome } from '../sandbox-server/home.ts'
import { labVariables } from '../sandbox-server/lab-variables.ts'
import { type AdminKeys, openSandbox } from '../sandbox-server/open-sandbox.ts'
import { readSettings } from '../settings.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'
import type { World } from '../world.ts'

/** `lab sandbox exec -- COMMAND`: a program with the sandbox as its AWS, whatever is configured outside. Gives the program's exit code. */
export const sandboxExec: Command = async (world, args, options) => {
  const { sandboxFolder } = findWorkplace(world, options.config)
  const catalogue = await catalogueOf(world, options.config)
  const region = options.region ?? catalogue.region ?? 'us-west-2'
  const sandbox = await openSandbox(sandboxFolder, region)
  try {
    const account = sandbox.accounts[0]?.id ?? ''
    const path = readSettings(world.env).path
    await askAwsVersion(sandboxFolder, path)
    const shim = installAwsShim(sandboxFolder, path)
    const environment = {
      ...withoutAws(world.env),
      ...noProxy(world.env),
      ...(await variablesOf(world, catalogue, { account, region })),
      ...homeFor(join(sandboxFolder, 'home'), sandbox.partner, options.keepHome),
      PATH: shim === null ? path : `${shim}${delimiter}${path}`,
      ACCOUNT_ID: account,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ENDPOINT_URL: sandbox.endpoint,
      AWS_PAGER: '',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ACCESS_KEY_ID: sandbox.admin.accessKeyId,
      AWS_SECRET_ACCESS_KEY: sandbox.admin.secretAccessKey,
      LAB_SANDBOX: '1',
      PS1: '(sandbox) \\w \\$ ',
    }
    const [file = '', ...rest] = args
    const child = execa(file, rest, {
      cwd: world.cwd,
      env: environment,
      extendEnv: false,
      stdio: 'inherit',
      reject: false,
      cleanup: true,
    })
    // A terminal sends Ctrl-C to the program itself; what is sent to this process alone must be passed on.
    const stop = world.onInterrupt(signal => {
      if (signal !== 'SIGINT' || world.stdin.isTTY !== true) child.kill(signal)
    })
    const result = await child
    stop()
    if (result.exitCode !== undefined) return result.exitCode
    if (result.signal !== undefined) return 128 + (constants.signals[result.signal as NodeJS.Signals] ?? 0)
    world.stderr.write(`lab: \`${file}\` could not be run: ${result.code ?? result.shortMessage}\n`)
    return result.code === 'EACCES' ? 126 : 127
  } finally {
    await sandbox.close()
  }
}

/** A lab that cannot be read must not keep a person from practising. */
async function variablesOf(world: World, catalogue: Catalogue, place: { account: string; region: string }) {
  try {
    return await labVariables(catalogue, place, world.env)
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error
    world.stderr.write('lab: the variables of the labs are not set, a definition has errors: lab check\n')
    return {}
  }
}

/** With --keep-home the aws tools still keep to files of the sandbox's own: the person's are not written. */
function homeFor(home: string, partner: AdminKeys, keepHome: boolean): Record<string, string> {
  prepareHome(home, partner)
  if (!keepHome) return homeVariables(home)
  return {
    AWS_CONFIG_FILE: join(home, '.aws', 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, '.aws', 'credentials'),
  }
}

/** The sandbox is on this machine: a proxy cannot reach it. */
function noProxy(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const own = '127.0.0.1,localhost'
  return Object.fromEntries(['NO_PROXY', 'no_proxy'].map(name => [name, env[name] ? `${env[name]},${own}` : own]))
}
