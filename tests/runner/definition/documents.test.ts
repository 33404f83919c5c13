import { symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documentsIn, findCatalogue, loadLab } from '../../../runner/definition/index.ts'
import { demo, folderWith, loadDemo } from './folder.ts'
import { kinds } from './kinds.ts'

const withFile = (file: string): string =>
  `id: demo\ntitle: Demo\nsteps:\n  - create-role: { role-name: r, assume-role-policy-document: { file: ${file} } }\n`
const at = `${demo}:4:71`

test.each([
  ['a path up', '../base/lab.yaml', 'leads out of the folder'],
  ['a path up in the middle', 'p/../../base/lab.yaml', 'leads out of the folder'],
  ['a path up that comes back', '../demo/p.json', 'leads out of the folder'],
  ['the folder itself', '.', 'leads out of the folder'],
  ['an absolute path', '/etc/passwd', 'is not a path inside the folder'],
  ['a drive', '"C:/x.json"', 'is not a path inside the folder'],
  ['backslashes', '"p\\\\x.json"', 'is not a path inside the folder'],
  ['a NUL', '"p\\0.json"', 'is not a path inside the folder'],
  ['no such file', 'p/nope.json', 'there is no file `p/nope.json`'],
  ['a folder', 'p', 'is not a regular file'],
])('%s is refused', async (_, file, message) => {
  const { said } = await loadDemo({ [demo]: withFile(file), 'labs/demo/p/x.json': '{}', 'labs/demo/p.json': '{}' })
  expect(said).toMatchObject([{ at, message: expect.stringContaining(message) }])
})

test.skipIf(process.platform === 'win32')('symbolic links may not lead out', async () => {
  const folder = await folderWith({
    'labs.yaml': 'labs: [demo]\n',
    [demo]: withFile('link.json').replace(
      'steps:',
      'steps:\n  - create-role: { role-name: r, assume-role-policy-document: { file: up/secret.json } }',
    ),
    'secret.json': '{}',
    'labs/demo/inside.json': '{}',
  })
  await symlink(join(folder, 'secret.json'), join(folder, 'labs/demo/link.json'))
  await symlink(folder, join(folder, 'labs/demo/up'))
  await expect(loadLab(await findCatalogue(folder), 'demo', kinds)).rejects.toMatchObject({
    problems: [
      { message: '`up/secret.json` is a symbolic link out of the folder of the lab' },
      { message: '`link.json` is a symbolic link out of the folder of the lab' },
    ],
  })
})

test.each<[string, string | Uint8Array, string, string]>([
  ['not JSON', '{\n  "a": 1,\n}\n', 'labs/demo/p.json:2:9', 'a comma stands before the end'],
  ['a word', '{\n  "a": nope\n}', 'labs/demo/p.json:2:8', 'a value is expected, found `n`'],
  ['no colon', '{"a" 1}', 'labs/demo/p.json:1:6', 'a colon is expected'],
  ['single quotes', "{'a': 1}", 'labs/demo/p.json:1:2', 'a key in double quotes'],
  ['cut off', '{"a": [1, 2', 'labs/demo/p.json:1:12', 'ends too early'],
  ['two values', '{} {}', 'labs/demo/p.json:1:4', 'something follows the end'],
  ['a line break in a text', '{"a": "x\ny"}', 'labs/demo/p.json:1:7', 'no end'],
  ['a bomb', '['.repeat(100_000), 'labs/demo/p.json:1:102', 'nested deeper'],
  ['too large', `"${'x'.repeat(256 * 1024)}"`, at, 'larger than 256 KiB'],
  ['not UTF-8', new Uint8Array([0x7b, 0x0a, 0x22, 0xff, 0x22]), 'labs/demo/p.json:2:2', 'not UTF-8'],
  ['empty', '', 'labs/demo/p.json:1:1', 'ends too early'],
])('a document that is wrong: %s', async (_, text, place, message) => {
  const { said } = await loadDemo({ [demo]: withFile('p.json'), 'labs/demo/p.json': text })
  expect(said).toMatchObject([{ at: place, message: expect.stringContaining(message) }])
})

test('a document is loaded with its templates, a BOM and CRLF taken', async () => {
  const text = '\uFEFF{\r\n  "a": {{vars.n}}, "b": "{{account}}"\r\n}'
  const yaml = withFile('p.json, answer: true').replace('steps:', 'vars: { n: 1 }\nsteps:')
  const { labs, said, folder } = await loadDemo({ [demo]: yaml.replaceAll('\n', '\r\n'), 'labs/demo/p.json': text })
  expect(said).toEqual([])
  expect(documentsIn(labs[0]?.groups[0]?.[0]?.fields)).toEqual([
    { document: 'file', file: join(folder, 'labs/demo/p.json'), name: 'p.json', text: text.slice(1), answer: true },
  ])
})

test('a wrong key beside `file` is said', async () => {
  const { said } = await loadDemo({ [demo]: withFile('p.json, anwser: true'), 'labs/demo/p.json': '{}' })
  expect(said).toMatchObject([
    { at: `${demo}:4:79`, message: 'unknown key `anwser` beside `file`', hint: 'did you mean `answer`?' },
  ])
})

test('a document inside the input of a call is loaded, a map of that form elsewhere is not', async () => {
  const yaml = `id: demo
title: Demo
steps:
  - call: { service: iam, operation: PutRolePolicy, input: { RoleName: r, PolicyName: p, PolicyDocument: { file: p.json } } }
  - create-role: { role-name: r, assume-role-policy-document: "{}", tags: { file: p.json } }
`
  const { labs } = await loadDemo({ [demo]: yaml, 'labs/demo/p.json': '{}' })
  const [[first] = [], [second] = []] = labs[0]?.groups ?? []
  expect(documentsIn(first?.fields)).toHaveLength(1)
  expect(documentsIn(second?.fields)).toHaveLength(0)
})

test('the file of a lab itself must be a file of bearable size', async () => {
  const folder = await folderWith({ 'labs.yaml': 'labs: [demo]\n', [demo]: 'id: demo\n' })
  const catalogue = await findCatalogue(folder)
  await writeFile(join(folder, demo), `id: demo\n#${'x'.repeat(1024 * 1024)}`)
  await expect(loadLab(catalogue, 'demo', kinds)).rejects.toMatchObject({
    problems: [{ message: expect.stringContaining('larger than 1024 KiB') }],
  })
})
