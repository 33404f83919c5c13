import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openTarget } from '../../runner/aws/target.ts'
import type { FreshAccount } from '../../runner/grading/grade-answers.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { keysOf } from '../sandbox-server/open-sandbox.ts'

/** A sandbox of its own, in a folder of `parent` that is gone afterwards. `environment`: what programs of a lab are given. */
export async function freshAccount(
  parent: string,
  region: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<FreshAccount> {
  const folder = await mkdtemp(join(parent, 'account-'))
  const sandbox = await startSandbox({ directory: join(folder, 'sandbox'), region, durable: false })
  const end = async () => {
    await sandbox.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const { admin, partner } = keysOf(sandbox.accounts)
    const target = await openTarget({
      name: 'sandbox',
      region,
      endpoint: sandbox.endpoint,
      caller: admin,
      identities: { partner },
      environment,
    })
    return {
      target,
      folder,
      async close() {
        target.close()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}
