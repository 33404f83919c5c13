// Deliberate faults in the policy engine, each of which the tests must catch: `node scripts/mutate-policy.mjs [PART OF A FILE NAME]`.
// Every fault is put into a scratch copy; the fast tests run first, the properties only if those let it pass. Exit 1 on a miss.
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { transformSync } from 'esbuild'

/** [file in policy/, text that stands in it once, what replaces it] */
const faults = [
  ['glob.ts', 'position = at + fragment.text.length', 'position = at'],
  ['glob.ts', 'text.length < shortest ||', ''],
  ['glob.ts', '!standsAt(last, text, end)', 'false'],
  ['segment-glob.ts', "return char !== ':'", 'return true'],
  ['resource-pattern.ts', 'piece === ANY && i < all.length - 1', 'piece === ANY'],
  ['resource-pattern.ts', 'variables, wildcards: true', 'variables: true, wildcards: true'],
  ['action-pattern.ts', 'toPieces(text.toLowerCase())', 'toPieces(text)'],
  ['variables.ts', 'if (value === null) return null', "if (value === null) { pieces.push(''); continue }"],
  ['variables.ts', 'values.single(piece.key) ?? piece.fallback', 'piece.fallback ?? values.single(piece.key)'],
  ['variables.ts', 'key: key.trim().toLowerCase()', 'key: key.trim()'],
  ['context.ts', "value === undefined || typeof value === 'object'", 'value === undefined'],
  ['context.ts', 'name.toLowerCase() === lowerKey', 'name === lowerKey'],
  ['context.ts', '!(Array.isArray(value) && value.length === 0)', 'true'],
  [
    'derived-keys.ts',
    "if (kind === 'role-session') return issuerArn ?? undefined",
    "if (kind === 'role-session') return arn",
  ],
  ['derived-keys.ts', "kind === 'user' ? name : undefined", 'name'],
  ['caller.ts', "rest.slice(rest.lastIndexOf('/') + 1)", "rest.slice(rest.indexOf('/') + 1)"],
  ['caller.ts', "issuerArn?.includes(':role/aws-service-role/') === true ||", ''],
  [
    'principal-entries.ts',
    "if (kind === 'role-session' && this.roles.has(`${account}/${name}`)) return coverage.entity",
    "if (kind === 'role-session' && this.roles.has(`${account}/${name}`)) return coverage.direct",
  ],
  [
    'principal-entries.ts',
    'return this.accounts.has(account) ? coverage.account : coverage.none',
    'return this.accounts.has(account) ? coverage.entity : coverage.none',
  ],
  ['principal-entries.ts', 'if (byId && kind !== ', 'if (byId && kind === '],
  [
    'principal-entries.ts',
    "if (kind === 'service') return this.services.has(arn) ? coverage.direct : coverage.none",
    "if (kind === 'service') return coverage.none",
  ],
  ['statement.ts', '!== statement.notAction', '=== true'],
  ['statement.ts', '!== notResource', '=== true'],
  ['statement.ts', 'covered === coverage.none || hasBoundary', 'covered === coverage.none'],
  ['statement.ts', 'statement.conditions.every(', 'statement.conditions.some('],
  ['conditions/condition.ts', '(base.negated && set === undefined)', 'base.negated'],
  ['conditions/condition.ts', "ifExists || set === 'ForAllValues' ||", 'ifExists ||'],
  ['conditions/condition.ts', "typeof actual !== 'object' && meets(actual)", 'meets(String(actual))'],
  ['conditions/condition.ts', 'isNullDataset(members) || members.every(meets)', 'members.every(meets)'],
  ['conditions/string.ts', 'both(equality(text => text))', 'both(equality(text => text.toLowerCase()))'],
  ['conditions/numeric.ts', 'actual <= wanted', 'actual < wanted'],
  ['conditions/date.ts', 'minute - offset', 'minute + offset'],
  ['conditions/ip.ts', 'address.width === block.width &&', ''],
  ['conditions/arn.ts', 'if (parts.length < 6) parts.push([])', 'if (parts.length < 7) parts.push([])'],
  ['combine.ts', 'if (named === coverage.direct) return', ''],
  ['combine.ts', "rule.trust === 'chained' && subject.caller.kind !== 'user'", 'false'],
  ['combine.ts', "subject.caller.kind === 'root' ||", ''],
  ['findings.ts', 'if (allows.length === before) allowed = false', 'if (allows.length === 0) allowed = false'],
  ['findings.ts', "subject.caller.kind === 'federated-user' ? silent : absent", 'absent'],
  ['naming.ts', 'implicitOrder.find(one => missing.includes(one))', 'missing.at(-1)'],
  ['rules/credentials.ts', '!(limit.unlessMfa && mfa())', 'true'],
  ['compile.ts', "version === '2012-10-17'\n", 'true\n'],
]

const repository = fileURLToPath(new URL('..', import.meta.url))
const run = promisify(execFile)

/** A copy of what the engine's tests need. */
function scratchCopy() {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-mutate-'))
  for (const path of ['policy', 'tests/policy', 'tests/corpus', 'package.json', 'tsconfig.json']) {
    cpSync(join(repository, path), join(folder, path), { recursive: true })
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction')
  writeFileSync(
    join(folder, 'vitest.config.mjs'),
    `export default { cacheDir: ${JSON.stringify(join(folder, 'cache'))}, test: { include: ['tests/policy/**/*.test.ts'] } }`,
  )
  return folder
}

/** The first test that fails, or null when all pass. */
async function failingTest(folder, ...options) {
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs')
  const output = join(folder, 'result.json')
  rmSync(output, { force: true })
  const argv = [vitest, 'run', '--bail', '1', '--no-isolate', '--reporter=json', `--outputFile=${output}`, ...options]
  await run(process.execPath, argv, { cwd: folder, maxBuffer: 1 << 26 }).catch(() => {})
  const { testResults } = JSON.parse(readFileSync(output, 'utf8'))
  for (const { message, name, assertionResults } of testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed')
    if (failed) return failed.fullName
    if (message) return `${name.slice(folder.length + 1)} did not load`
  }
  return null
}

const fast = ['--exclude', '**/*.property.test.ts']

async function tryFault(folder, [file, search, replacement]) {
  const path = join(folder, 'policy', file)
  const original = readFileSync(path, 'utf8')
  if (original.split(search).length !== 2) throw new Error(`policy/${file}: expected \`${search}\` once`)
  const faulty = original.replace(search, () => replacement)
  transformSync(faulty, { loader: 'ts' })
  writeFileSync(path, faulty)
  try {
    return (await failingTest(folder, ...fast)) ?? (await failingTest(folder, 'property'))
  } finally {
    writeFileSync(path, original)
  }
}

const chosen = faults.filter(([file]) => file.includes(process.argv[2] ?? ''))
const queue = [...chosen]
let missed = 0

async function work() {
  const folder = scratchCopy()
  try {
    for (let fault = queue.shift(); fault !== undefined; fault = queue.shift()) {
      const caughtBy = await tryFault(folder, fault)
      if (caughtBy === null) missed += 1
      const [file, search, replacement] = fault
      const change = `policy/${file}: ${JSON.stringify(search)} -> ${JSON.stringify(replacement)}`
      console.log(caughtBy === null ? `MISSED  ${change}` : `caught  ${change}\n          by ${caughtBy}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const sound = scratchCopy()
const broken = await failingTest(sound, ...fast)
rmSync(sound, { recursive: true, force: true })
if (broken !== null) throw new Error(`the tests fail without any fault: ${broken}`)
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work))
console.log(`${chosen.length - missed} of ${chosen.length} faults caught`)
process.exitCode = missed === 0 ? 0 : 1
