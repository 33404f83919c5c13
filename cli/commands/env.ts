import { existsSync, readFileSync } from 'node:fs'
import { credentialsOf, type PastRun, pastRuns } from '../../runner/engine/runs.ts'
import { usageError } from '../../runner/lab-error.ts'
import type { Command } from '../command.ts'
import { runningServer } from '../sandbox-server/server-file.ts'
import { awsExports } from '../shell/aws-exports.ts'
import { defaultShell, exportLines, type Shell } from '../shell/quote.ts'
import { writeJson } from '../show/paper.ts'
import { findWorkplace } from '../workplace.ts'

/** `lab env`: exports for the profile that the latest run wrote, or the latest run of a lab. */
export const env: Command = async (world, [lab], options) => {
  const { labFolder, sandboxFolder } = findWorkplace(world, options.config)
  const { start, folder } = runWithProfile(await pastRuns(labFolder), lab)
  const credentialsFile = credentialsOf(folder)
  const profiles = profileNames(credentialsFile)
  const server = start.target === 'sandbox' ? await runningServer(sandboxFolder) : null
  const endpoint = start.target === 'sandbox' ? (server?.endpoint ?? null) : start.endpoint
  const profile = profiles.length === 1 ? (profiles[0] ?? null) : null
  const variables = awsExports({ credentialsFile, profile, region: start.region, endpoint })
  if (options.json) writeJson(world, { schemaVersion: 1, exitCode: 0, runId: start.runId, profiles, variables })
  else
    for (const line of exportLines(variables, (options.shell as Shell | undefined) ?? defaultShell))
      world.stdout.write(`${line}\n`)
  if (profile === null) world.stderr.write(`choose a profile with AWS_PROFILE: ${profiles.join(', ')}\n`)
  if (start.target === 'sandbox' && server === null)
    world.stderr.write('the sandbox is not running, so there is no endpoint to export: lab sandbox start\n')
  return 0
}

function runWithProfile(runs: readonly PastRun[], lab: string | undefined): PastRun {
  const found = runs.findLast(
    run =>
      (lab === undefined || run.changes.some(change => change.lab === lab)) &&
      profileNames(credentialsOf(run.folder)).length > 0,
  )
  if (found) return found
  throw usageError(
    lab === undefined
      ? 'no run of this folder has written a profile'
      : `no run of \`${lab}\` here has written a profile`,
    'a lab with a write-profile step does: lab run identity-policies',
  )
}

function profileNames(file: string): string[] {
  if (!existsSync(file)) return []
  return [...readFileSync(file, 'utf8').matchAll(/^[ \t]*\[([^\]\r\n]+)\]/gm)].map(match => (match[1] ?? '').trim())
}
