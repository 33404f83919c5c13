import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lab, packageFolder, temporaryFolder } from '../world-for-tests.ts'

const refusal = (repository: string) =>
  `User: arn:aws:sts::111122223333:assumed-role/reader/Practice is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-west-2:111122223333:repository/${repository} because no identity-based policy allows the ecr:ListImages action`
const wrapped = `An error occurred (AccessDeniedException) when calling the ListImages operation: ${refusal('team-b/alpine')}`
const parsed = {
  isDenial: true,
  code: 'AccessDeniedException',
  operation: 'ListImages',
  principal: 'arn:aws:sts::111122223333:assumed-role/reader/Practice',
  action: 'ecr:ListImages',
  resource: 'arn:aws:ecr:us-west-2:111122223333:repository/team-b/alpine',
  decision: 'implicitDeny',
  policyType: 'identity-based',
  policyArn: null,
  summary:
    'the role `reader` (session `Practice`) may not ecr:ListImages on the repository `team-b/alpine` in us-west-2: no identity-based policy allows ecr:ListImages',
}

test('one denial: exactly the keys that scripts rely on', async () => {
  const { exitCode, stdout, stderr } = await lab(['explain', '--json', wrapped])
  expect([exitCode, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout)).toEqual(parsed)
})

test('several denials: the first, and the rest under more', async () => {
  const text = `${wrapped}\nand then\n${refusal('team-c/alpine')}`
  const { stdout } = await lab(['explain', '--json'], { input: text })
  const { more, ...first } = JSON.parse(stdout)
  expect(first).toEqual(parsed)
  expect(more).toHaveLength(1)
  expect(more[0]).toMatchObject({ isDenial: true, resource: expect.stringMatching(/team-c\/alpine$/) })
})

test.each([
  ['ExpiredToken: The security token included in the request is expired', /credentials have expired/],
  ['Login Succeeded', /nothing in it says that AWS refused/],
])('no denial: %s', async (text, meaning) => {
  const json = await lab(['explain', '--json', text])
  expect(json.exitCode).toBe(0)
  expect(JSON.parse(json.stdout)).toMatchObject({
    isDenial: false,
    summary: expect.stringMatching(meaning),
    notDenial: { meaning: expect.stringMatching(meaning) },
  })
  const plain = await lab(['explain', text])
  expect(plain.stdout).toMatch(/^This is not a denial/)
})

test('for a person: three sentences with short names, what to look at next, the page', async () => {
  const { stdout } = await lab(['explain', wrapped])
  expect(stdout.split('\n').slice(0, 4)).toEqual([
    'The call was made by the role `reader` (session `Practice`).',
    'It asked for `ecr:ListImages` on the repository `team-b/alpine` in us-west-2.',
    expect.stringMatching(/^It was refused because no policy attached to the caller/),
    'Next:',
  ])
  expect(stdout).toMatch(/\nRead: https:\/\/docs\.aws\.amazon\.com\//)
  expect(stdout).not.toContain('arn:aws')
})

test('a log file: every denial with its line, equal ones once', async () => {
  const cwd = temporaryFolder()
  const rows = ['start', wrapped, 'again', wrapped, ...Array(6).fill(refusal('team-c/alpine'))]
  writeFileSync(join(cwd, 'app.log'), `${rows.join('\n')}\n`)
  const { stdout } = await lab(['explain', 'app.log'], { cwd })
  expect(stdout.match(/^lines? .*/gm)).toEqual(['lines 2 and 4', 'lines 5, 6, 7, 8, 9 and 1 more'])
})

test('--jsonl: a row in, a row out; a bad row is told and does not end it', async () => {
  const input = [JSON.stringify({ text: wrapped }), '{oops', '', '{"text": 3}', '[]', '{"text": "hello"}'].join('\n')
  const { exitCode, stdout } = await lab(['explain', '--jsonl'], { input })
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(exitCode).toBe(2)
  expect(rows).toEqual([
    parsed,
    { error: expect.objectContaining({ code: 'usage', line: 2 }) },
    { error: expect.objectContaining({ code: 'usage', line: 4, message: expect.stringContaining('`3`') }) },
    { error: expect.objectContaining({ code: 'usage', line: 5 }) },
    expect.objectContaining({ isDenial: false }),
  ])
})

test('--jsonl: a text may hold every line separator but the line feed', async () => {
  const { exitCode, stdout } = await lab(['explain', '--jsonl'], { input: `{"text":"a\u2028b"}\n{"text":"c"}` })
  expect([exitCode, stdout.trimEnd().split('\n').length]).toEqual([0, 2])
})

test.each([
  [['explain'], '', 'there is nothing to explain: standard input is empty'],
  [['explain', '--jsonl', 'nowhere.jsonl'], '', 'there is no file `nowhere.jsonl`'],
])('%j: %s%s', async (argv, input, message) => {
  const { exitCode, stderr } = await lab(argv, { input })
  expect(exitCode).toBe(2)
  expect(stderr).toContain(message)
})

const corpus = join(packageFolder, '../shared/corpus/denials.jsonl')

test.skipIf(!existsSync(corpus))('the genuine messages, where they are at hand (skipped elsewhere)', async () => {
  const input = readFileSync(corpus, 'utf8')
  const { exitCode, stdout } = await lab(['explain', '--jsonl'], { input })
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  const rows = input
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect([exitCode, answers.length]).toEqual([0, rows.length])
  const right = rows.filter((row, index) => {
    const { notDenial, ...named } = row.expect
    const fields = { ...named, isDenial: notDenial !== true }
    return Object.entries(fields).every(([key, value]) => answers[index][key] === value)
  })
  expect(right.length).toBeGreaterThanOrEqual(155)
})
