import { expect, test } from 'vitest'
import { whichShard } from '../../../cli/shards/which-shard.ts'
import type { World } from '../../../cli/world.ts'

const which = (flag: string | undefined, env: Record<string, string>, out?: string) => {
  const found = whichShard({ env } as unknown as World, flag, out)
  return found && [found.index, found.count, found.from]
}
const batch = { AWS_BATCH_JOB_ARRAY_INDEX: '2', AWS_BATCH_JOB_ARRAY_SIZE: '8' }

test.each([
  ['3/8', {}, [3, 8, '--shard']],
  ['3/8', batch, [3, 8, '--shard']],
  ['1/1', batch, null],
  [undefined, {}, null],
  [undefined, batch, [3, 8, 'an AWS Batch array job']],
  ['auto', batch, [3, 8, 'an AWS Batch array job']],
  [undefined, { JOB_COMPLETION_INDEX: '0', LAB_SHARDS: '4' }, [1, 4, 'a Kubernetes Indexed Job']],
  [undefined, { JOB_COMPLETION_INDEX: '0' }, null],
  [undefined, { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' }, null],
  ['auto', { CI_NODE_INDEX: '2', CI_NODE_TOTAL: '3' }, [2, 3, 'a GitLab job with parallel']],
  ['auto', { CIRCLE_NODE_INDEX: '2', CIRCLE_NODE_TOTAL: '3' }, [3, 3, 'a CircleCI job with parallelism']],
  [
    'auto',
    { BUILDKITE_PARALLEL_JOB: '0', BUILDKITE_PARALLEL_JOB_COUNT: '3' },
    [1, 3, 'a Buildkite step with parallelism'],
  ],
])('--shard %s with %j', (flag, env, shard) => {
  expect(which(flag, env as Record<string, string>)).toEqual(shard)
})

test.each([
  ['0/8', {}, '`--shard 0/8` is no part of a whole'],
  ['9/8', {}, '`--shard 9/8` is no part of a whole'],
  ['x', {}, '`--shard x` is no part of a whole'],
  ['1/20000', {}, '`--shard 1/20000` is no part of a whole'],
  ['auto', {}, '`--shard auto`, and no variable says which'],
  [
    'auto',
    { JOB_COMPLETION_INDEX: '0' },
    'JOB_COMPLETION_INDEX is set, of a Kubernetes Indexed Job, and LAB_SHARDS is not',
  ],
  [
    undefined,
    { ...batch, AWS_BATCH_JOB_ARRAY_INDEX: '8' },
    'AWS_BATCH_JOB_ARRAY_INDEX is `8` and AWS_BATCH_JOB_ARRAY_SIZE is `8`',
  ],
  ...['a', '0x1', '1e0', ' 1', '1 ', '1.0', '+1', '-0'].map(index => [
    undefined,
    { ...batch, AWS_BATCH_JOB_ARRAY_INDEX: index },
    `AWS_BATCH_JOB_ARRAY_INDEX is \`${index}\``,
  ]),
  [undefined, { ...batch, AWS_BATCH_JOB_ARRAY_SIZE: '0x8' }, 'AWS_BATCH_JOB_ARRAY_SIZE is `0x8`'],
] as [string | undefined, Record<string, string>, string][])('--shard %s with %j is refused', (flag, env, message) => {
  expect(() => which(flag, env)).toThrow(message)
})

test('a folder for the results of a part is never passed over: the only part is one, and without any it is refused', () => {
  expect(which('1/1', {}, 'results')).toEqual([1, 1, '--shard'])
  expect(which(undefined, { JOB_COMPLETION_INDEX: '0', LAB_SHARDS: '1' }, 'results')).toEqual([
    ...[1, 1, 'a Kubernetes Indexed Job'],
  ])
  expect(() => which(undefined, { JOB_COMPLETION_INDEX: '3' }, 'results')).toThrow('LAB_SHARDS is not')
  expect(() => which(undefined, {}, 'results')).toThrow('`--out` without a part of the work')
  // An empty variable of a shell would make the working folder the results'.
  expect(() => which('1/2', {}, '')).toThrow('`--out` is empty')
  expect(() => which(undefined, {}, '')).toThrow('`--out` is empty')
})
