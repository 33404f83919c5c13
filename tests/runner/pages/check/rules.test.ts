import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Lab } from '../../../../runner/definition/index.ts'
import { checkPages } from '../../../../runner/pages/check/check-pages.ts'
import { checkedPages } from '../../../../runner/pages/check/checked-pages.ts'
import { pageRules } from '../../../../runner/pages/check/rules/index.ts'
import { readPage } from '../../../../runner/pages/index.ts'

const lab = (steps: Lab['groups'][number]): Lab => ({
  ...{ id: 'beside', title: 'x', description: null, source: null, needs: [], names: {}, vars: {} },
  ...{ env: {}, groups: [steps], file: '/labs/beside/lab.yaml', folder: '/labs/beside' },
})
const listing = {
  ...{ id: 'listed', kind: 'list-images', fields: { 'repository-name': 'team-a/alpine' }, as: null, identity: null },
  ...{ expectation: { kind: 'allow' as const, output: undefined }, probes: true, within: null, stays: null, points: 0 },
  ...{ hint: null, supersedes: [], place: { file: '/labs/beside/lab.yaml', line: 1, column: 1 } },
}

/** `GIVEN=` and the repositories are what a page has before it begins. */
async function found(...texts: string[]) {
  const pages = texts.map((text, index) => readPage(`/page-${index}.md`, text))
  const checked = await checkedPages(
    pages.map(page => ({ page, needed: [], env: { GIVEN: 'x' } })),
    new Map(pages.map(page => [page, [lab([listing])]])),
  )
  return checkPages(checked).findings
}

const bash = (...lines: string[]) => `\`\`\`bash\n${lines.join('\n')}\n\`\`\`\n`
const rule = (id: string) => (finding: { rule: string }) => finding.rule === id

test('the list is the folder', () => {
  const files = readdirSync(join(import.meta.dirname, '../../../../runner/pages/check/rules'))
  expect(pageRules.map(({ id }) => `${id}.ts`)).toEqual(files.filter(file => file !== 'index.ts').sort())
  expect(files.map(file => basename(file))).toContain('page-unmade-name.ts')
})

describe.each(pageRules)('$id', ({ id, wrong, right, at }) => {
  const text = (files: typeof wrong) => (files as Record<string, string>)['page.md'] ?? ''
  test('its mistake is found at its place', async () => {
    const [finding, ...others] = (await found(text(wrong))).filter(rule(id))
    const before = text(wrong).slice(0, text(wrong).indexOf(at)).split('\n')
    expect({ line: finding?.place.line, column: finding?.place.column, others }).toEqual({
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
      others: [],
    })
  })
  test('and not without it', async () => expect((await found(text(right))).filter(rule(id))).toEqual([]))
})

test.each([
  ['a name in an ARN', 'page-unmade-name', ['DOC="arn:aws:iam::$ACCOUNT_ID:role/gone"'], ['gone']],
  ['a name in a document', 'page-unmade-name', ['DOC=\'{"AWS":"arn:aws:iam::\'$ACCOUNT_ID\':user/gone"}\''], ['gone']],
  ['a pattern is no name', 'page-unmade-name', ['DOC="arn:aws:ecr:$AWS_REGION:$ACCOUNT_ID:repository/team-a/*"'], []],
  [
    "AWS's own policies are there",
    'page-unmade-name',
    ['aws iam attach-role-policy --role-name "$X" --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess'],
    [],
  ],
  ['a name from a variable', 'page-unmade-name', ['R=gone', 'aws iam get-role --role-name "$R"'], ['gone']],
  [
    'a name from a file that the page wrote',
    'page-unmade-name',
    ['echo "export R=gone" >> ~/.x', 'source ~/.x', 'aws iam get-role --role-name "$R"'],
    ['gone'],
  ],
  ['a name that only running tells', 'page-unmade-name', ['R=$(hostname)', 'aws iam get-role --role-name "$R"'], []],
  ['a profile', 'page-unmade-name', ['aws ecr describe-repositories --profile gone'], ['gone']],
  [
    'a profile that the page wrote',
    'page-unmade-name',
    ['cat <<E >> ~/.aws/credentials', '[there]', 'E', 'aws ecr describe-repositories --profile there'],
    [],
  ],
  [
    'a profile that the page configured',
    'page-unmade-name',
    ['aws configure set region us-west-2 --profile there', 'aws ecr describe-repositories --profile there'],
    [],
  ],
  [
    'made in a substitution',
    'page-unmade-name',
    ['A=$(aws iam create-role --role-name r --query Role.Arn)', 'aws iam get-role --role-name r'],
    [],
  ],
  ['a variable that the page is given', 'page-unset-variable', ['echo "$GIVEN" "$AWS_REGION" "$HOME" "$?" "$1"'], []],
  ['a variable with a default', 'page-unset-variable', ['echo "${NOT_SET:-x}"'], []],
  ['a variable of a loop', 'page-unset-variable', ['for i in 1 2; do echo "$i"; done', 'read -r x', 'echo "$x"'], []],
  ['a variable from a file that nobody knows', 'page-unset-variable', ['source ./unknown.sh', 'echo "$X"'], []],
  ['a variable in single quotes', 'page-unset-variable', ["echo '$X'"], []],
  ['a variable in a here-document', 'page-unset-variable', ['cat <<E', '$X', 'E'], ['X']],
  ['a variable in a quoted here-document', 'page-unset-variable', ["cat <<'E'", '$X', 'E'], []],
  ['a plain name without quotes', 'page-unquoted-variable', ['R=name', 'echo $R'], []],
  ['an assignment is not split', 'page-unquoted-variable', ["A='a b'", 'B=$A'], []],
  ['tee', 'page-overwritten-file', ['echo x | tee ~/.aws/config'], ['~/.aws/config']],
  ['tee that appends', 'page-overwritten-file', ['echo x | tee -a ~/.aws/config'], []],
  ['a copy', 'page-overwritten-file', ['cp x ~/.bashrc'], ['~/.bashrc']],
  ['by the variable', 'page-overwritten-file', ['echo x > $HOME/.aws/credentials'], ['~/.aws/credentials']],
  ['a file of the page', 'page-overwritten-file', ['echo x > ~/.mine', 'echo x > ~/.mine', 'echo x > /tmp/y'], []],
  ['export hides', 'page-hidden-failure', ['export A=$(aws sts get-caller-identity)'], ['A']],
  ['an assignment does not', 'page-hidden-failure', ['A=$(aws sts get-caller-identity)'], []],
  ['the last of a pipe', 'page-hidden-failure', ['echo x | aws ecr describe-repositories'], []],
])('%s', async (_, id, lines, names) => {
  const findings = (await found(bash(...lines))).filter(rule(id))
  expect(findings.map(({ message }) => names.find(name => message.includes(`\`${name}\``)))).toEqual(names)
})

test('what an earlier page makes, a later one may name', async () => {
  const first = bash('aws iam create-role --role-name r')
  const second = bash('aws iam get-role --role-name r')
  expect((await found(first, second)).filter(rule('page-unmade-name'))).toEqual([])
  expect((await found(second)).filter(rule('page-unmade-name'))).toHaveLength(1)
})

test.each([
  [
    'a repository',
    'aws ecr list-images --repository-name gone --profile other',
    "An error occurred (RepositoryNotFoundException) when calling the ListImages operation: The repository with name 'gone' does not exist in the registry with id '111122223333'",
    ['other'],
  ],
  [
    'a role, in few words',
    'aws iam get-role --role-name gone',
    'An error occurred (NoSuchEntity) when calling ...',
    [],
  ],
  [
    'one of two',
    'aws iam add-user-to-group --user-name here --group-name gone',
    'An error occurred (NoSuchEntity) when calling the AddUserToGroup operation: The group with name gone cannot be found.',
    ['here'],
  ],
  ['a profile', 'aws sts get-caller-identity --profile gone', 'The config profile (gone) could not be found', []],
  [
    'another error',
    'aws ecr list-images --repository-name gone',
    'An error occurred (AccessDeniedException) when calling the ListImages operation: gone',
    ['gone'],
  ],
])('what a page shows to be missing is meant to be: %s', async (_, command, output, names) => {
  const text = `${bash(command)}\nOutput:\n\n\`\`\`\n${output}\n\`\`\`\n\n${bash(command)}`
  const findings = (await found(text)).filter(rule('page-unmade-name'))
  expect(findings.map(({ message }) => /`(.*?)`/.exec(message)?.[1])).toEqual(names)
})

test('a comment takes a finding back', async () => {
  const findings = await found(
    bash('# lab-check-disable-next-line page-unset-variable: the reader sets it', 'echo "$MINE"'),
  )
  expect(findings).toEqual([])
})

test('a secret is found, and is not told; that of the documentation is none', async () => {
  const key = 'Ab1/'.repeat(10)
  const findings = await found(
    bash('cat <<E >> ~/.aws/credentials', `aws_secret_access_key=${key}`, 'E'),
    bash('export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
  )
  const secrets = findings.filter(rule('secret-in-file'))
  expect(secrets).toMatchObject([
    {
      place: { file: '/page-0.md', line: 3, column: 23 },
      severity: 'error',
      message: 'a secret access key stands in `page-0.md`',
    },
  ])
  expect(JSON.stringify(findings)).not.toContain(key)
})
