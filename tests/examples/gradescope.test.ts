import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { packageFolder, temporaryFolder } from '../cli/world-for-tests.ts'

/** What is in a zip archive, by the heads of its files. */
function unzipped(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50; ) {
    const packed = archive.readUInt32LE(at + 18)
    const begin = at + 30 + archive.readUInt16LE(at + 26)
    const name = archive.toString('utf8', at + 30, begin)
    files.set(name, inflateRawSync(archive.subarray(begin, begin + packed)))
    at = begin + packed
  }
  return files
}

/** The layout of Gradescope's container, with the store that setup.sh would install. */
function bareFolder(): string {
  const root = temporaryFolder()
  const archive = join(root, 'autograder.zip')
  execFileSync(process.execPath, [join(packageFolder, 'examples/gradescope/build.mjs'), 'identity-policies', archive])
  for (const [name, bytes] of unzipped(readFileSync(archive))) {
    mkdirSync(dirname(join(root, 'source', name)), { recursive: true })
    writeFileSync(join(root, 'source', name), bytes, { mode: name === 'run_autograder' ? 0o755 : 0o644 })
  }
  symlinkSync(join(packageFolder, 'node_modules'), join(root, 'source', 'node_modules'))
  mkdirSync(join(root, 'submission'))
  return root
}

const grade = (root: string) => {
  const env = { PATH: process.env.PATH, AUTOGRADER: root, HOME: root }
  const ran = spawnSync('bash', [join(root, 'source/run_autograder')], { cwd: root, env, encoding: 'utf8' })
  return { ...ran, results: JSON.parse(readFileSync(join(root, 'results/results.json'), 'utf8')) }
}

test('the autograder grades a submission in a bare folder: right, wrong, nothing', () => {
  const root = bareFolder()
  expect(grade(root).results.score).toBe(0)
  const answer = readFileSync(join(packageFolder, 'labs/identity-policies/policies/identity.json'), 'utf8')
  const right = answer.replace('{{region}}', 'us-west-2').replace('{{account}}', '111122223333')
  writeFileSync(join(root, 'submission/identity.json'), right)
  const { results, stderr } = grade(root)
  expect(results.score, stderr).toBe(4)
  expect(results.tests.map(({ max_score }: { max_score: number }) => max_score)).toEqual([1, 1, 2])
  writeFileSync(join(root, 'submission/identity.json'), right.replace('team-a/*', '*'))
  expect(grade(root).results.score).toBe(1)
}, 120_000)

test('when it breaks there is a result, and no score', () => {
  const root = bareFolder()
  writeFileSync(join(root, 'source/lab.txt'), 'no-such-lab\n')
  const { results } = grade(root)
  expect(results).not.toHaveProperty('score')
  expect(results.output).toMatch(/^Not graded/)
}, 60_000)
