import { join } from 'node:path'
import { execa } from 'execa'
import { findAws, rememberedVersion, rememberVersion } from './aws-shim.ts'

/** Asks the aws CLI of the search path for its version, once for each program. */
export async function askAwsVersion(sandboxFolder: string, searchPath: string): Promise<void> {
  const program = findAws(searchPath, join(sandboxFolder, 'bin'))
  if (program === null || rememberedVersion(sandboxFolder, program) !== null) return
  const { all } = await execa(program.path, ['--version'], {
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout: 30_000,
  })
  if (/aws-cli\/\d/.test(all ?? '')) rememberVersion(sandboxFolder, program, /aws-cli\/\S+/.exec(all ?? '')?.[0] ?? '')
}
