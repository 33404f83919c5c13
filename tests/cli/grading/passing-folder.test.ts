import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { passingFolder } from '../../../cli/grading/passing-folder.ts'
import { temporaryFolder } from '../world-for-tests.ts'

test('what living processes have there stays, what dead ones or nobody has goes', async () => {
  const labFolder = temporaryFolder()
  const [one, other] = [await passingFolder(labFolder), await passingFolder(labFolder)]
  const parent = join(labFolder, 'passing')
  const dead = { pid: 2 ** 22 + 1, host: hostname(), id: 'dead' }
  for (const [name, holder] of Object.entries({ dead, nobodys: null })) {
    mkdirSync(join(parent, name, 'account-x'), { recursive: true })
    if (holder) writeFileSync(join(parent, name, 'lock.json'), JSON.stringify(holder))
  }
  const third = await passingFolder(labFolder)
  const paths = [one, other, third].map(({ path }) => path)
  expect(
    readdirSync(parent)
      .map(name => join(parent, name))
      .sort(),
  ).toEqual([...paths].sort())
  for (const { remove } of [one, other, third]) await remove()
  expect(paths.filter(existsSync)).toEqual([])
  expect(readdirSync(parent)).toEqual([])
})
