import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseDenial } from '../../../../assertions/index.ts'
import { findAws } from '../../../../cli/sandbox-server/aws-shim.ts'
import { findCatalogue, loadLabs, stepKinds } from '../../../../runner/index.ts'
import { readPage } from '../../../../runner/pages/index.ts'
import { lab, packageFolder, temporaryFolder } from '../../world-for-tests.ts'

const catalogue = await findCatalogue(packageFolder)
const pageOf = async (id: string) => (await lab(['show', id, '--format', 'page'], { cwd: packageFolder })).stdout

test.each(catalogue.labs)('%s: the page is read as a page, and says what each probe prints', async id => {
  const text = await pageOf(id)
  const page = readPage(`${id}.md`, text)
  const own = (await loadLabs(catalogue, [id], stepKinds)).find(each => each.id === id)
  expect(page.title).toBe(own?.title)
  expect(page.needs ?? []).toEqual(own?.needs)
  expect(page.commands.filter(({ mode }) => mode !== 'run')).toEqual([])
  const shown = page.commands.flatMap(({ output }) => (output ? [output.text] : []))
  const probes = own?.groups.flat() ?? []
  expect(shown.filter(each => parseDenial(each).isDenial)).toHaveLength(
    probes.filter(({ expectation }) => expectation.kind === 'deny').length,
  )
  expect(shown.filter(each => /^An error occurred/.test(each) && !parseDenial(each).isDenial)).toHaveLength(
    probes.filter(({ expectation }) => expectation.kind === 'error').length,
  )
  // Account and region are the reader's.
  expect(page.commands.filter(each => /111122223333|us-west-2/.test(each.text)).map(each => each.text)).toEqual([])
})

test('goal, what is needed, steps with their points, outputs', async () => {
  const text = await pageOf('repository-policies')
  expect(text).toMatch(/^---\ntitle: Manage access .*\nneeds:\n {2}- identity-policies\n---\n\n# Manage access/)
  expect(text).toContain(
    '**You need** the aws CLI, the variables `ACCOUNT_ID` and `AWS_REGION`, what `lab run identity-policies` makes.',
  )
  expect(text).toContain(`3. List the images of a repository: \`team-a/alpine\`, as \`ecrTester\` (2 points)

   \`\`\`bash
   aws ecr list-images --repository-name team-a/alpine --profile ecrTester
   \`\`\`

   AWS refuses it. The output looks like this:

   \`\`\`
   An error occurred (AccessDeniedException) when calling the ListImages operation: User: ...
   is not authorized to perform: ecr:ListImages on resource: ...
   with an explicit deny in a resource-based policy
   \`\`\`
`)
  expect(text).toContain(`"Principal": { "AWS": "arn:aws:iam::'"$ACCOUNT_ID"':role/ecr_access_teama_role" },`)
})

test('a hidden check is in no page', async () => {
  const cwd = temporaryFolder({ labs: true })
  const file = join(cwd, 'labs/identity-policies/lab.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('points: 2\n', 'points: 2\n    visibility: hidden\n'))
  const { stdout } = await lab(['show', 'identity-policies', '--format', 'page'], { cwd })
  expect(stdout).toContain('team-a/alpine')
  expect(stdout).not.toContain('AWS refuses it')
})

// Where there is no aws CLI this is skipped, not passed.
test.skipIf(findAws(process.env.PATH ?? '', '') === null)(
  'the page runs: `lab run PAGE.md` passes to the last block',
  async () => {
    const cwd = temporaryFolder({ labs: true })
    writeFileSync(join(cwd, 'page.md'), await pageOf('identity-policies'))
    const { exitCode, stdout } = await lab(['run', 'page.md', '--json'], { cwd, env: { PATH: process.env.PATH } })
    const steps = JSON.parse(stdout).labs.at(-1).steps
    expect(steps.filter(({ status }: { status: string }) => status !== 'passed')).toEqual([])
    expect(steps.length).toBeGreaterThanOrEqual(10)
    expect(exitCode).toBe(0)
  },
  180_000,
)

test('a format that is not there is a usage error that names those that are', async () => {
  const { exitCode, stderr } = await lab(['show', 'lockout', '--format', 'pdf'], { cwd: packageFolder })
  expect(stderr).toContain('there are: plan, cli, page, graph')
  expect(exitCode).toBe(2)
})
