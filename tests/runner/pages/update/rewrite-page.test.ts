import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readPage } from '../../../../runner/pages/index.ts'
import { commandOutcome } from '../../../../runner/pages/play/command-outcome.ts'
import { driftOf } from '../../../../runner/pages/update/drift.ts'
import { rewritePage, withOutputs } from '../../../../runner/pages/update/rewrite-page.ts'

const outputsOf = (source: string) => readPage('/page.md', source).commands.flatMap(({ output }) => output ?? [])

test.each([
  [
    'a fence',
    '```bash\na\n```\nOutput:\n```\nold\n```\nend',
    'new\n\ntwo',
    '```bash\na\n```\nOutput:\n```\nnew\n\ntwo\n```\nend',
  ],
  [
    'a list',
    '1. x\n\n   ```bash\n   a\n   ```\n   Output:\n   ```\n   old\n     more\n   ```\n',
    '{\n  "a": 1\n}',
    '1. x\n\n   ```bash\n   a\n   ```\n   Output:\n   ```\n   {\n     "a": 1\n   }\n   ```\n',
  ],
  [
    'a block quote',
    '> ```bash\n> a\n> ```\n> Output:\n> ```\n> old\n> ```\n',
    'new\n\ntwo',
    '> ```bash\n> a\n> ```\n> Output:\n> ```\n> new\n>\n> two\n> ```\n',
  ],
  ['a console', '```console\n$ a\nold\n$ b\n```\n', 'new', '```console\n$ a\nnew\n$ b\n```\n'],
  [
    'carriage returns',
    '```bash\r\na\r\n```\r\nOutput:\r\n```\r\nold\r\n```\r\n',
    'new\ntwo',
    '```bash\r\na\r\n```\r\nOutput:\r\n```\r\nnew\r\ntwo\r\n```\r\n',
  ],
  [
    'marks in the text: the fence is longer',
    '```bash\na\n```\nOutput:\n```text\nold\n```\nend\n```bash\nb\n```\n',
    '```\nx\n```',
    '```bash\na\n```\nOutput:\n````text\n```\nx\n```\n````\nend\n```bash\nb\n```\n',
  ],
  [
    'more of them, in a list',
    '1. ```bash\n   a\n   ```\n   Output:\n   ```\n   old\n   ```\n',
    '`````sh\nx',
    '1. ```bash\n   a\n   ```\n   Output:\n   ``````\n   `````sh\n   x\n   ``````\n',
  ],
  ['tildes', '~~~console\n$ a\nold\n$ b\n~~~\n', '```\n~~~', '~~~~console\n$ a\n```\n~~~\n$ b\n~~~~\n'],
  ['a fence that nothing closes', '```console\n$ a\nold', '```\nx', '````console\n$ a\n```\nx'],
  ['no line end', '```bash\na\n```\nOutput:\n```\nold\n```', 'new', '```bash\na\n```\nOutput:\n```\nnew\n```'],
])('%s', (_, source, text, after) => {
  expect(
    withOutputs(
      source,
      outputsOf(source).map(block => ({ block, text })),
    ),
  ).toBe(after)
})

test('two blocks of a page, of other lengths', () => {
  const source = '```console\n$ a\n1\n2\n$ b\n3\n```\n'
  const [one, two] = outputsOf(source)
  if (!one || !two) throw new Error('two outputs were expected')
  expect(
    withOutputs(source, [
      { block: one, text: 'x' },
      { block: two, text: 'y\nz' },
    ]),
  ).toBe('```console\n$ a\nx\n$ b\ny\nz\n```\n')
})

function written(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-update-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'page.md')
  writeFileSync(file, source)
  return file
}

const source = '```console\n$ a\nold\n```\n'

test('the file is replaced at once, its mode kept, through a link', async () => {
  const file = written(source)
  chmodSync(file, 0o640)
  const link = `${file}.link.md`
  symlinkSync(file, link)
  const page = readPage(link, source)
  await rewritePage(
    page,
    outputsOf(source).map(block => ({ block, text: 'new' })),
  )
  expect(readFileSync(file, 'utf8')).toBe('```console\n$ a\nnew\n```\n')
  expect(statSync(file).mode & 0o777).toBe(0o640)
  expect(readdirSync(join(file, '..')).sort()).toEqual(['page.md', 'page.md.link.md'])
})

test('marks in what is printed do not end the block', async () => {
  const before = '```bash\na\n```\nOutput:\n```\nold\n```\n'
  const file = written(before)
  await rewritePage(
    readPage(file, before),
    outputsOf(before).map(block => ({ block, text: '```\nx\n```' })),
  )
  expect(outputsOf(readFileSync(file, 'utf8')).map(({ text }) => text)).toEqual(['```\nx\n```'])
})

test.each([
  ['a prompt in what is printed', '```console\n$ a\nold\n```\n', 'x\n$ b'],
  ['the end of a directive', '::::code{language=console}\n$ a\nold\n::::\n', 'x\n::::\ny'],
  ['the end of a shortcode', '{{< highlight console >}}\n$ a\nold\n{{< /highlight >}}\n', '{{< /highlight >}}'],
])('%s: the page is left as it is', async (_, before, text) => {
  const file = written(before)
  const drifts = outputsOf(before).map(block => ({ block, text }))
  expect(drifts).toHaveLength(1)
  await expect(rewritePage(readPage(file, before), drifts)).rejects.toThrow('would not be read as they are now')
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('a byte order mark stays', async () => {
  const file = written(`\uFEFF${source}`)
  await rewritePage(
    readPage(file, source),
    outputsOf(source).map(block => ({ block, text: 'new' })),
  )
  expect(readFileSync(file, 'utf8')).toBe('\uFEFF```console\n$ a\nnew\n```\n')
})

test('a page that has changed since is left as it is', async () => {
  const file = written(`${source}more\n`)
  await expect(rewritePage(readPage(file, source), [])).rejects.toThrow('the page was changed while it ran')
  expect(readFileSync(file, 'utf8')).toBe(`${source}more\n`)
})

const block = (text: string) => ({ text, firstLine: 1, lastLine: 1, language: '' })
const printed = (stdout: string, stderr: string, exitCode: number) => ({
  ...{ stdout, stderr, exitCode },
  outcome: commandOutcome('aws x', { end: 'done', exitCode, stdout, stderr }, 1),
})
const refusal = (reason: string) =>
  `\nAn error occurred (AccessDeniedException) when calling the ListImages operation: User: arn:aws:iam::111122223333:user/u is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-west-2:111122223333:repository/r ${reason}\n`

test.each([
  ['text', 'old', printed('new\n', '', 0), 'new'],
  [
    'a denial in the lines of the page',
    'An error occurred (AccessDeniedException) when calling the ListImages operation: \nUser: arn:aws:iam::ACCOUNT_ID:user/u is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-west-2:ACCOUNT_ID:repository/r \nbecause no identity-based policy allows the ecr:ListImages action <--',
    printed('', refusal('with an explicit deny in a resource-based policy'), 254),
    'An error occurred (AccessDeniedException) when calling the ListImages operation: \nUser: arn:aws:iam::ACCOUNT_ID:user/u \nis not authorized to perform: ecr:ListImages on resource: \narn:aws:ecr:us-west-2:ACCOUNT_ID:repository/r \nwith an explicit deny in a resource-based policy <--',
  ],
  [
    'a denial where an answer is shown',
    '{"a": 1}',
    printed('', refusal('because no identity-based policy allows the ecr:ListImages action'), 254),
    null,
  ],
  [
    'an answer where a denial is shown',
    refusal('because no identity-based policy allows the ecr:ListImages action'),
    printed('{}', '', 0),
    null,
  ],
  ['a failure', 'old', printed('', 'x', 1), null],
  ['nothing at all', 'old', printed('', '', 0), null],
])('what a block would say: %s', (_, shown, came, text) => {
  expect(driftOf(block(shown), came, '111122223333')).toBe(text)
})
