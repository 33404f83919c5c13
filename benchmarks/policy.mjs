// Decisions per second of the policy engine, on one core: `node benchmarks/policy.mjs [--json] [--seconds N]`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildSync } from 'esbuild'

const seconds = Number(process.argv[process.argv.indexOf('--seconds') + 1]) || 1
const folder = mkdtempSync(join(tmpdir(), 'accesslab-policy-'))
const outfile = join(folder, 'policy.mjs')
buildSync({
  entryPoints: [fileURLToPath(new URL('../policy/index.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  platform: 'node',
  outfile,
})
const { compilePolicy, decide } = await import(pathToFileURL(outfile).href)
rmSync(folder, { recursive: true })

const account = '111122223333'
const repository = name => `arn:aws:ecr:us-west-2:${account}:repository/${name}`
const request = {
  principal: `arn:aws:sts::${account}:assumed-role/dev/s1`,
  account,
  action: 'ecr:ListImages',
  resource: repository('team-a/alpine'),
  resourceAccount: account,
  context: {
    'aws:SourceIp': '203.0.113.9',
    'aws:SecureTransport': 'true',
    'aws:CurrentTime': '2026-11-22T08:00:00Z',
    'aws:PrincipalTag/team': 'a',
    'aws:ResourceTag/team': 'a',
    'aws:UserAgent': 'aws-sdk-js/3',
    'aws:RequestedRegion': 'us-west-2',
  },
}

const statement = (Effect, Action, Resource, Condition) => ({
  Effect,
  Action,
  Resource,
  ...(Condition && { Condition }),
})
const text = Statement => JSON.stringify({ Version: '2012-10-17', Statement })

/** Five policies of three statements, two of which have a condition. */
const typical = [
  text([
    statement('Allow', ['iam:Get*', 'iam:List*'], '*'),
    statement('Allow', 'sts:AssumeRole', `arn:aws:iam::${account}:role/dev-*`),
    statement('Deny', 'iam:*Report', '*'),
  ]),
  text([
    statement('Allow', ['ecr:GetAuthorizationToken'], '*'),
    statement('Allow', ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], repository('*')),
    statement('Deny', 'ecr:DeleteRepository', repository('*')),
  ]),
  text([
    statement('Allow', 'ecr:ListImages', repository('team-a/*'), { StringEquals: { 'aws:ResourceTag/team': 'a' } }),
    statement('Allow', 'ecr:DescribeImages', repository('team-a/*')),
    statement('Deny', '*', '*', { Bool: { 'aws:SecureTransport': 'false' } }),
  ]),
  text([
    statement('Allow', 's3:GetObject', 'arn:aws:s3:::logs/*'),
    statement('Allow', 's3:ListBucket', 'arn:aws:s3:::logs'),
    statement('Deny', 's3:Delete*', '*'),
  ]),
  text([
    statement('Allow', 'logs:*', '*'),
    statement('Allow', 'cloudwatch:Get*', '*'),
    statement('Deny', 'organizations:*', '*'),
  ]),
]
const attach = texts => texts.map((one, index) => ({ name: `p${index}`, policy: compilePolicy(one) }))

/** Calls per second of the best of five rounds, after a warm-up: the machine's own noise only ever slows. */
function rate(work) {
  const round = duration => {
    const end = performance.now() + duration
    let calls = 0
    const start = performance.now()
    while (performance.now() < end) for (let i = 0; i < 50; i++, calls++) work()
    return (calls * 1000) / (performance.now() - start)
  }
  round(300 * seconds)
  return Math.max(...Array.from({ length: 5 }, () => round(200 * seconds)))
}

export const name = 'policy'

const speeds = () => {
  const identity = attach(typical)
  if (decide(request, { identity }).decision !== 'allowed') throw new Error('the typical request must be allowed')
  return {
    compiled: rate(() => decide(request, { identity })),
    cold: rate(() => decide(request, { identity: attach(typical) })),
  }
}

export const run = () => {
  const { compiled, cold } = speeds()
  const what = `policy decisions, compiled once (compiled for each: ${Math.round(cold)}/s)`
  return [
    { what, perSecond: compiled, against: 'policies compiled for each', ratio: compiled / cold, aim: '300,000/s' },
  ]
}

const everything = () => {
  const { compiled, cold } = speeds()
  const growth = [10, 100, 1000].map(count => {
    const many = Array.from({ length: count }, (_, i) =>
      statement('Allow', `ecr:Put${i}*`, repository(`team-${i}/*`), {
        StringEquals: { 'aws:PrincipalTag/team': `${i}` },
      }),
    )
    const policies = attach([text(many)])
    return { statements: count, microseconds: 1e6 / rate(() => decide(request, { identity: policies })) }
  })

  const pathological = ['*a*a*a*a*b', '*a*a*a*a*b*', '*a?a?b*', `${'*a'.repeat(30)}*b*`].flatMap(pattern =>
    [1_000, 10_000, 100_000].map(length => {
      const policies = attach([text([statement('Allow', '*', `arn:aws:s3:::${pattern}`)])])
      const asked = { ...request, resource: `arn:aws:s3:::${'a'.repeat(length)}` }
      return { pattern, length, microseconds: 1e6 / rate(() => decide(asked, { identity: policies })) }
    }),
  )

  if (process.argv.includes('--json')) console.log(JSON.stringify({ compiled, cold, growth, pathological }))
  else {
    console.log(`compiled  ${Math.round(compiled)} decisions/s (aim 300000)`)
    console.log(`cold      ${Math.round(cold)} decisions/s (aim 20000)`)
    console.table(growth.map(one => ({ ...one, microseconds: one.microseconds.toFixed(1) })))
    console.table(pathological.map(one => ({ ...one, microseconds: one.microseconds.toFixed(1) })))
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) everything()
