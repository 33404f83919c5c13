import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { lockFolder } from '../../runner/engine/lock.ts'
import { credentialsOf, pastRuns, reopen } from '../../runner/engine/runs.ts'
import { resetSandbox } from '../../sandbox/index.ts'
import type { Command } from '../command.ts'
import { interruptible } from '../interrupt.ts'
import { credentialsFileOf, writeCredentials } from '../sandbox-server/exports.ts'
import { clearHome } from '../sandbox-server/home.ts'
import { writeJson } from '../show/paper.ts'
import { catalogueOf, findWorkplace } from '../workplace.ts'

/** `lab sandbox reset`: empty the account, and with it what runs left there. The admins keep their keys. */
export const sandboxReset: Command = async (world, _args, options) => {
  const { labFolder, sandboxFolder } = findWorkplace(world, options.config)
  return interruptible(world, async signal => {
    const note = (text: string) => world.stderr.write(`${text}\n`)
    const release = await lockFolder(labFolder, event => event.type === 'note' && note(event.text), signal)
    try {
      const left = await resetSandbox(sandboxFolder)
      const accounts = left.map(({ id }) => id)
      if (existsSync(credentialsFileOf(sandboxFolder))) {
        // Keys of the accounts that are gone are nobody's now.
        const { region } = await catalogueOf(world, options.config)
        writeCredentials(sandboxFolder, region ?? 'us-west-2', left)
      }
      clearHome(join(sandboxFolder, 'home'))
      await settleJournals(labFolder)
      if (options.json) writeJson(world, { schemaVersion: 1, exitCode: 0, accounts })
      else world.stdout.write(`the sandbox is empty: accounts ${accounts.join(', ')}\n`)
      return 0
    } finally {
      await release()
    }
  })
}

/** What runs had made in the sandbox is gone, and so are the sessions in their profiles. A profile in the person's own file is teardown's. */
async function settleJournals(labFolder: string): Promise<void> {
  for (const run of await pastRuns(labFolder)) {
    if (run.start.target !== 'sandbox') continue
    const own = credentialsOf(run.folder)
    const gone = run.changes.filter(({ resource, remember }) => resource?.type !== 'profile' || remember?.file === own)
    await rm(own, { force: true })
    if (gone.length === 0) continue
    const journal = reopen(run)
    await Promise.all(
      gone.map(({ seq }) => journal.write({ event: 'undone', seq, result: 'gone', note: 'sandbox reset' })),
    )
    await journal.close()
  }
}
