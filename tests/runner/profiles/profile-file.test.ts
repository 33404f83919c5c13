import { execFile } from 'node:child_process'
import { chmod, lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { buildSync } from 'esbuild'
import { asyncProperty, assert as check, uint8Array } from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { editProfileFile, readProfileFile } from '../../../runner/profiles/profile-file.ts'
import { readProfile, removeProfile, setProfile } from '../../../runner/profiles/profile-text.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'accesslab-profiles-'))
  file = join(folder, 'credentials')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const set = (name: string) => (text: string) => setProfile(text, name, [`key = ${name}`])
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

test('a new file, in a new folder: nobody else may read it', async () => {
  const deep = join(folder, 'home', '.aws', 'credentials')
  await editProfileFile(deep, set('tester'))
  expect(await readFile(deep, 'utf8')).toBe('[tester]\nkey = tester\n')
  expect([await modeOf(deep), await modeOf(join(folder, 'home', '.aws'))]).toEqual(['600', '700'])
  expect(await readdir(join(folder, 'home', '.aws'))).toEqual(['credentials'])
})

test.each([
  [0o644, '600'],
  [0o600, '600'],
  [0o666, '600'],
])('a file of mode %o gets %s', async (mode, expected) => {
  await writeFile(file, '[a]\n')
  await chmod(file, mode)
  await editProfileFile(file, set('tester'))
  expect(await modeOf(file)).toBe(expected)
})

test('a read-only file is refused and stays as it was', async () => {
  await writeFile(file, '[a]\n')
  await chmod(file, 0o400)
  await expect(editProfileFile(file, set('tester'))).rejects.toMatchObject({ code: 'EACCES' })
  expect([await readFile(file, 'utf8'), await modeOf(file)]).toEqual(['[a]\n', '400'])
  expect(await readdir(folder)).toEqual(['credentials'])
})

test.each([
  ['a file', '[a]\n'],
  ['nothing yet', null],
])('a symbolic link to %s stays a link', async (_, content) => {
  const real = join(folder, 'real')
  if (content !== null) await writeFile(real, content)
  await symlink('real', file)
  await editProfileFile(file, set('tester'))
  expect((await lstat(file)).isSymbolicLink()).toBe(true)
  expect(readProfile(await readFile(real, 'utf8'), 'tester')).toEqual(['key = tester'])
})

test('links that lead over links to no file yet stay links; one to itself is refused', async () => {
  await symlink('next', file)
  await symlink('real', join(folder, 'next'))
  await editProfileFile(file, set('tester'))
  expect([(await lstat(file)).isSymbolicLink(), (await lstat(join(folder, 'next'))).isSymbolicLink()]).toEqual([
    true,
    true,
  ])
  expect(readProfile(await readFile(join(folder, 'real'), 'utf8'), 'tester')).toEqual(['key = tester'])
  await symlink('round', join(folder, 'round'))
  await expect(editProfileFile(join(folder, 'round'), set('tester'))).rejects.toMatchObject({ code: 'ELOOP' })
})

test('an edit that throws, and one that changes nothing, leave the file alone', async () => {
  await writeFile(file, '[a]\n')
  const { ino } = await stat(file)
  await editProfileFile(file, text => text)
  await expect(
    editProfileFile(file, () => {
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect((await stat(file)).ino).toBe(ino)
  expect(await readdir(folder)).toEqual(['credentials'])
})

test('bytes that are no UTF-8 stay the bytes they were', () =>
  check(
    asyncProperty(uint8Array({ maxLength: 60 }), async noise => {
      const before = Buffer.concat([noise.filter(byte => byte !== 0x5b), Buffer.from('\n')])
      await writeFile(file, before)
      await editProfileFile(file, set('tester'))
      expect((await readFile(file)).subarray(0, before.length).equals(before)).toBe(true)
      await editProfileFile(file, text => removeProfile(text, 'tester'))
      expect((await readFile(file)).equals(before)).toBe(true)
    }),
    { numRuns: 40, examples: [[new Uint8Array([0x23, 0xe9])], [new Uint8Array([0xef, 0xbb, 0xbf])]] },
  ))

test('twenty writers at once lose nothing', async () => {
  await writeFile(file, '# mine\n[default]\nkey = default\n')
  const names = Array.from({ length: 20 }, (_, index) => `p${index}`)
  await Promise.all(names.map(name => editProfileFile(file, set(name))))
  const text = await readProfileFile(file)
  for (const name of ['default', ...names]) expect(readProfile(text, name)).toEqual([`key = ${name}`])
  expect(text.startsWith('# mine\n[default]\nkey = default\n')).toBe(true)
})

test('nor do twenty processes', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `p${String.fromCharCode(97 + index)}`)
  const program = join(folder, 'writer.cjs')
  const contents = `
    import { editProfileFile } from './profile-file.ts'
    import { setProfile } from './profile-text.ts'
    const write = async (name: string) => {
      for (let n = 0; n < 5; n += 1)
        await editProfileFile(${JSON.stringify(file)}, text => setProfile(text, name + n, ['key = ' + n]))
    }
    void write(process.argv[2] ?? '')`
  const resolveDir = resolve(import.meta.dirname, '../../../runner/profiles')
  buildSync({
    stdin: { contents, resolveDir, loader: 'ts' },
    bundle: true,
    platform: 'node',
    outfile: program,
    logLevel: 'error',
  })
  await Promise.all(names.map(name => promisify(execFile)(process.execPath, [program, name])))
  const text = await readProfileFile(file)
  expect(text.match(/^\[/gm)).toHaveLength(20 * 5)
})

test('the lock of a writer that died is taken over', async () => {
  await writeFile(`${file}.lock`, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), id: 'dead' }))
  await editProfileFile(file, set('tester'))
  expect(await readFile(file, 'utf8')).toBe('[tester]\nkey = tester\n')
  expect(await readdir(folder)).toEqual(['credentials'])
})
