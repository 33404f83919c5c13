import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DefinitionError, findCatalogue, loadCatalogue } from '../../../runner/definition/index.ts'
import { folderWith } from './folder.ts'

const lab = { 'labs/a/lab.yaml': '', 'labs/b/lab.yaml': '' }

test('a catalogue with nothing but labs has the defaults', async () => {
  const folder = await folderWith({ 'labs.yaml': 'labs: [a, b]\n', ...lab })
  expect(await findCatalogue(folder)).toEqual({
    file: join(folder, 'labs.yaml'),
    folder,
    labs: ['a', 'b'],
    pages: [],
    target: null,
    region: 'us-west-2',
    timings: { within: 60_000, stays: 5_000 },
    identities: {},
    guard: { accounts: [], regions: ['us-west-2'], alias: null },
    created: { path: '/', permissionsBoundary: null, tags: {} },
  })
})

test('all that a catalogue may say', async () => {
  const folder = await folderWith({
    'labs.yaml': `labs: [a]
pages: ["pages/*.md", { page: "more/*.md", needs: [x], env: { A: 1 } }]
target: aws
region: eu-central-1
timings: { within: 2m, stays: 500ms }
identities: { partner: { profile: p } }
guard: { accounts: ["111122223333"], regions: [eu-central-1, us-east-1], alias: "*sandbox*" }
created: { path: /workshop/, permissions-boundary: "arn:aws:iam::111122223333:policy/b", tags: { owner: me } }
`,
    ...lab,
  })
  expect(await findCatalogue(folder)).toMatchObject({
    pages: [
      { page: 'pages/*.md', needs: null, env: {} },
      { page: 'more/*.md', needs: ['x'], env: { A: '1' } },
    ],
    target: 'aws',
    region: 'eu-central-1',
    timings: { within: 120_000, stays: 500 },
    identities: { partner: { profile: 'p' } },
    guard: { accounts: ['111122223333'], regions: ['eu-central-1', 'us-east-1'], alias: '*sandbox*' },
    created: { path: '/workshop/', permissionsBoundary: 'arn:aws:iam::111122223333:policy/b', tags: { owner: 'me' } },
  })
})

test('it is looked for upwards, then named, then the packaged one', async () => {
  const folder = await folderWith({ 'labs.yaml': 'labs: [a]\n', 'other.yaml': 'labs: [b]\n', ...lab })
  await mkdir(join(folder, 'x/y'), { recursive: true })
  expect((await findCatalogue(join(folder, 'x/y'))).labs).toEqual(['a'])
  expect((await findCatalogue(join(folder, 'x'), '../other.yaml')).labs).toEqual(['b'])
  const elsewhere = await folderWith({})
  expect(await findCatalogue(elsewhere, undefined, join(folder, 'labs.yaml'))).toMatchObject({
    file: null,
    folder,
    labs: ['a'],
  })
  await expect(findCatalogue(elsewhere)).rejects.toMatchObject({ exitCode: 2, code: 'usage' })
  await expect(findCatalogue(elsewhere, 'nope.yaml')).rejects.toMatchObject({
    problems: [{ message: '`nope.yaml` cannot be used: there is no such file' }],
  })
})

test.each([
  ['no labs', 'target: aws\n', '1:1', 'the file lacks `labs`, expected a list', null],
  ['unknown key', 'labs: [a]\ntimngs: {}\n', '2:1', 'unknown key `timngs`', 'did you mean `timings`?'],
  [
    'a lab without a folder',
    'labs: [a, nope]\n',
    '1:11',
    'lab `nope` has no file `labs/nope/lab.yaml`',
    'lab init nope',
  ],
  ['a lab twice', 'labs: [a, b, a]\n', '1:14', 'lab `a` is listed twice', null],
  ['a path as a lab', 'labs: [../a]\n', '1:8', 'lower-case letters', null],
  [
    'a wrong target',
    'labs: [a]\ntarget: AWS\n',
    '2:9',
    '`target` is text `AWS`, expected `sandbox` or `aws`',
    'did you mean `aws`?',
  ],
  [
    'an account as a number',
    'labs: [a]\nguard: { accounts: [111122223333] }\n',
    '2:21',
    'entry 1 of `accounts` is number `111122223333`',
    'quotes',
  ],
  ['a short account', 'labs: [a]\nguard: { accounts: ["1111"] }\n', '2:21', 'expected 12 digits', null],
  ['a region that is none', 'labs: [a]\nregion: oregon\n', '2:9', 'expected a region such as `us-west-2`', null],
  ['a number for a time', 'labs: [a]\ntimings: { within: 60 }\n', '2:20', 'expected a duration', null],
  [
    'stays longer than within',
    'labs: [a]\ntimings: { within: 1s, stays: 5s }\n',
    '2:31',
    '`stays` is longer than `within`',
    'hold',
  ],
  ['a path without slashes', 'labs: [a]\ncreated: { path: workshop }\n', '2:18', 'begins and ends with `/`', null],
  [
    'admin as an identity',
    'labs: [a]\nidentities: { admin: { profile: p } }\n',
    '2:15',
    'the key `admin` is not usable',
    null,
  ],
  [
    'a tag of AWS’s own',
    'labs: [a]\ncreated: { tags: { a: b, "AWS:x": y } }\n',
    '2:26',
    'the key `AWS:x` is not usable, expected 1 to 128',
    null,
  ],
  [
    'a tag of ours',
    'labs: [a]\ncreated: { tags: { "accesslab:run": y } }\n',
    '2:20',
    'the key `accesslab:run` is not usable',
    null,
  ],
  ['an identity without a profile', 'labs: [a]\nidentities: { x: {} }\n', '2:15', '`x` lacks `profile`', null],
])('%s', async (_, yaml, at, message, hint) => {
  const folder = await folderWith({ 'labs.yaml': yaml, ...lab })
  const error = await loadCatalogue(join(folder, 'labs.yaml')).catch((thrown: unknown) => thrown)
  if (!(error instanceof DefinitionError)) throw error
  const [first, ...more] = error.problems
  expect(more).toEqual([])
  expect(`${first?.place.line}:${first?.place.column}`).toBe(at)
  expect(first?.message).toContain(message)
  if (hint === null) expect(first?.hint).toBeNull()
  else expect(first?.hint).toContain(hint)
})
