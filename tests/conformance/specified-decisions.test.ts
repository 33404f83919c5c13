import { afterAll, beforeAll, describe } from 'vitest'
import { askRows } from './decisions/ask-row.ts'
import { openWorld, type World } from './decisions/world.ts'
import { onSandboxOnly } from './on-aws.ts'

onSandboxOnly('each row begins with an emptied account')

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** How many rows of each file a request to the sandbox can be, where source addresses cannot be chosen. */
const asked: Record<string, number> = {
  'across-accounts': 26,
  actions: 20,
  'assume-role': 46,
  conditions: 97,
  order: 50,
  principals: 47,
  resources: 34,
  variables: 23,
}

describe.each(Object.entries(asked))('%s', (name, least) => {
  askRows(new URL(`../policy/rows/${name}.jsonl`, import.meta.url), least, () => world)
})
