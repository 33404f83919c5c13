import { afterAll, beforeAll } from 'vitest'
import { askRows } from './decisions/ask-row.ts'
import { openWorld, type World } from './decisions/world.ts'
import { onSandboxOnly } from './on-aws.ts'

onSandboxOnly('each row begins with an emptied account')

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

// 17 of the 110 are about S3, services that sign no request, or keys that no request to the sandbox carries; three more away from Linux.
askRows(new URL('../corpus/decisions.jsonl', import.meta.url), process.platform === 'linux' ? 93 : 90, () => world)
