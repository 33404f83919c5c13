import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { labsOf, notPassed, openWorkshop, stepOf, type Workshop } from '../engine/harness.ts'

let workshop: Workshop
let labs: Awaited<ReturnType<typeof labsOf>>
beforeEach(async () => {
  labs = await labsOf({
    profile: 'steps:\n  - id: profile\n    write-profile: { profile: tester, identity: admin, profile-file: user }\n',
  })
  workshop = await openWorkshop({ labs: labs.folder })
  mkdirSync(dirname(workshop.userCredentialsFile), { recursive: true })
})
afterEach(async () => {
  await workshop.close()
  await labs.remove()
})

const written = () => readFileSync(workshop.userCredentialsFile, 'utf8')
const write = (text: string) => writeFileSync(workshop.userCredentialsFile, text)

test('the person’s file: a second run of the folder writes its own, and teardown leaves the rest byte for byte', async () => {
  write('# mine\n[default]\nregion = eu-west-1')
  expect(notPassed(await workshop.run(['profile']))).toEqual([])
  expect(notPassed(await workshop.run(['profile']))).toEqual([])
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(written()).toBe('# mine\n[default]\nregion = eu-west-1')
})

test('the person’s file: keys of his own in the profile, and a profile of his own of the same name, stay', async () => {
  await workshop.run(['profile'])
  const replaced = written().replace(/^aws_access_key_id.*$/m, 'aws_access_key_id = AKIAMINE')
  write(replaced)
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(written()).toBe(replaced)
  write('')
  await workshop.run(['profile'])
  write(`${written()}\n[tester]\nregion = us-west-2\n`)
  expect(await workshop.teardown()).toMatchObject({ leftovers: [], exitCode: 0 })
  expect(written().trim()).toBe('[tester]\nregion = us-west-2')
})

test('the person’s file: a profile that another run wrote is not written over; the step says which run', async () => {
  await workshop.run(['profile'])
  const before = written()
  write(before.replace(/accesslab:run \S+/, 'accesslab:run zz9zz9'))
  const elsewhere = written()
  expect(stepOf(await workshop.run(['profile']), 'profile')).toMatchObject({
    status: 'failed',
    actual: { code: 'ProfileExists', message: expect.stringContaining('of run zz9zz9, perhaps of another folder') },
  })
  expect(written()).toBe(elsewhere)
})

test('the person’s file cannot be written: a matter of this machine, not of the lab', async () => {
  write('[a]\n')
  chmodSync(workshop.userCredentialsFile, 0o400)
  const report = await workshop.run(['profile'])
  expect(stepOf(report, 'profile')).toMatchObject({ status: 'error', actual: { code: 'EACCES' } })
  expect([report.exitCode, written()]).toEqual([3, '[a]\n'])
})
