import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { submissionFolders } from '../../../runner/grading/submission-folder.ts'

const [composed, apart] = ['Müller', 'Müller'].map((name, index) => name.normalize(index === 0 ? 'NFC' : 'NFD'))

function folderWith(...names: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-submissions-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of names) mkdirSync(join(folder, name))
  return folder
}

test.each([
  ['ada', ['ada', 'bo'], 'ada'],
  ['Ada', ['ada'], null],
  ['..', ['ada'], null],
  ['.', ['ada'], null],
  ['ada/../bo', ['ada', 'bo'], null],
  ['../bo', ['bo'], null],
  ['CON', ['ada'], null],
  ['ada.', ['ada'], null],
  ['x'.repeat(1_000), ['ada'], null],
  ['__proto__', ['ada'], null],
  [composed ?? '', [apart ?? ''], apart ?? ''],
  [apart ?? '', [composed ?? ''], composed ?? ''],
])('%s among %j', async (student, names, found) => {
  const folder = folderWith(...names)
  const path = (await submissionFolders(folder))(student).catch(error => error.reason.code)
  expect(await path).toBe(found === null ? 'no-submission' : join(folder, found))
})

test('of two that look alike each has his own', async () => {
  const folder = folderWith(composed ?? '', apart ?? '')
  const of = await submissionFolders(folder)
  expect(await of(composed ?? '')).toBe(join(folder, composed ?? ''))
  expect(await of(apart ?? '')).toBe(join(folder, apart ?? ''))
})

test('a link is not followed, and a file is no folder; the folder of all of them may be a link', async () => {
  const folder = folderWith('ada')
  symlinkSync(join(folder, 'ada'), join(folder, 'bo'))
  writeFileSync(join(folder, 'cy'), '')
  const linked = `${folder}-linked`
  symlinkSync(folder, linked)
  onTestFinished(() => rmSync(linked))
  for (const each of [folder, linked]) {
    const of = await submissionFolders(each)
    expect(await of('ada')).toBe(join(each, 'ada'))
    await expect(of('bo')).rejects.toMatchObject({ reason: { code: 'linked-submission' } })
    await expect(of('cy')).rejects.toMatchObject({ reason: { code: 'no-submission' } })
  }
})
