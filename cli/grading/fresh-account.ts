import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openTarget } from '../../runner/aws/target.ts'
import type { FreshAccount } from '../../runner/grading/grade-answers.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { keysOf } from '../sandbox-server/open-sandbox.ts'

/** A sandbox of its own in a folder that is gone afterwards. `environment`: what programs of a lab are given. */
export async function freshAccount(
  region: string,
  signal: AbortSignal,
  environment: Readonly<Record<string, string>> = {},
): Promise<FreshAccount> {
  const folder = await mkdtemp(join(tmpdir(), 'accesslab-answers-'))
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
      signal,
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

/** A student's name as a folder's; null: it can be none. */
export const submissionFolder = (student: string): string | null =>
  /^[^/\\\0:]{1,200}$/.test(student) && !/^\.{1,2}$/.test(student) ? student : null
