import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export interface AwsProgram {
  path: string
  /** Modification time in milliseconds: another version has another. */
  mtimeMs: number
}

const names = process.platform === 'win32' ? ['aws.exe', 'aws.cmd'] : ['aws']

/** The aws CLI of the search path, the shim's own folder left out; null where there is none. */
export function findAws(searchPath: string, leaveOut: string): AwsProgram | null {
  for (const folder of searchPath.split(delimiter)) {
    if (folder === '' || folder === leaveOut) continue
    for (const name of names) {
      const path = join(folder, name)
      const found = statSync(path, { throwIfNoEntry: false })
      if (found?.isFile()) return { path, mtimeMs: found.mtimeMs }
    }
  }
  return null
}

/** Since these versions the CLI reads AWS_ENDPOINT_URL: 1.29.0 and 2.13.0, of July 2023. */
export function readsEndpointVariable(versionText: string): boolean {
  const [, major, minor] = /aws-cli\/(\d+)\.(\d+)/.exec(versionText) ?? []
  const [v, m] = [Number(major), Number(minor)]
  return v > 2 || (v === 2 && m >= 13) || (v === 1 && m >= 29)
}

const cacheFile = (sandboxFolder: string) => join(sandboxFolder, 'aws-cli.json')

/** What was found of this very program before; null: nothing. */
export function rememberedVersion(sandboxFolder: string, { path, mtimeMs }: AwsProgram): string | null {
  try {
    const known = JSON.parse(readFileSync(cacheFile(sandboxFolder), 'utf8')) as Record<string, unknown>
    return known.path === path && known.mtimeMs === mtimeMs && typeof known.version === 'string' ? known.version : null
  } catch {
    return null
  }
}

export function rememberVersion(sandboxFolder: string, program: AwsProgram, version: string): void {
  mkdirSync(sandboxFolder, { recursive: true, mode: 0o700 })
  writeFileSync(cacheFile(sandboxFolder), `${JSON.stringify({ ...program, version })}\n`)
}

/**
 * Puts an `aws` before the real one that adds `--endpoint-url`, where the CLI is too old to read the variable, or nobody has asked it yet.
 * Gives the folder for the front of the search path; null where no shim is needed.
 */
export function installAwsShim(sandboxFolder: string, searchPath: string): string | null {
  const folder = join(sandboxFolder, 'bin')
  const program = findAws(searchPath, folder)
  if (program === null) return null
  const version = rememberedVersion(sandboxFolder, program)
  if (version !== null && readsEndpointVariable(version)) return null
  const windows = process.platform === 'win32'
  const file = join(folder, windows ? 'aws.cmd' : 'aws')
  const text = windows ? windowsShim(program.path) : posixShim(program.path)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return folder
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(file, text)
  chmodSync(file, 0o755)
  return folder
}

const posixShim = (real: string): string => `#!/bin/sh
real='${real.replaceAll("'", `'\\''`)}'
if [ -n "$AWS_ENDPOINT_URL" ]; then exec "$real" --endpoint-url "$AWS_ENDPOINT_URL" "$@"; fi
exec "$real" "$@"
`

const windowsShim = (real: string): string => `@echo off\r
if defined AWS_ENDPOINT_URL ("${real}" --endpoint-url "%AWS_ENDPOINT_URL%" %*) else ("${real}" %*)\r
`
