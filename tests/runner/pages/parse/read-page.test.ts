import { expect, test } from 'vitest'
import { readPage } from '../../../../runner/pages/index.ts'

const fence = '```'
const read = (text: string) => readPage('/page.md', text.replaceAll("'''", fence))
const briefly = (text: string) =>
  read(text).commands.map(({ id, text: command, line, output, mode }) => [
    line,
    id,
    command,
    ...(mode === 'run' ? [] : [mode]),
    ...(output === null ? [] : [`${output.firstLine}-${output.lastLine}: ${output.text}`]),
  ])

const rows: [string, string, unknown[][]][] = [
  [
    'each statement of a block',
    "'''bash\na\nb; c\n\nd\n'''\n",
    [
      [2, 'block-1', 'a'],
      [3, 'block-1-2', 'b; c'],
      [5, 'block-1-3', 'd'],
    ],
  ],
  [
    'a command over several lines',
    "'''sh\na \\\n  --b c\nd |\n  e\n'''\n",
    [
      [2, 'block-1', 'a \\\n  --b c'],
      [4, 'block-1-2', 'd |\n  e'],
    ],
  ],
  [
    'a here-document',
    "'''bash\ncat <<EOF > f\n$ x\n\nEOF\nb\n'''\n",
    [
      [2, 'block-1', 'cat <<EOF > f\n$ x\n\nEOF'],
      [6, 'block-1-2', 'b'],
    ],
  ],
  [
    'a construct',
    "'''bash\nfor i in 1 2; do\n  echo $i\ndone\nif a; then\n b\nfi\n'''\n",
    [
      [2, 'block-1', 'for i in 1 2; do\n  echo $i\ndone'],
      [5, 'block-1-2', 'if a; then\n b\nfi'],
    ],
  ],
  ['comments are no commands', "'''bash\n# first\na # then\n'''\n", [[3, 'block-1', 'a # then']]],
  [
    'prompts, and what follows them',
    "'''console\n$ a\nout 1\n\nout 2\n$ b\n'''\n",
    [
      [2, 'block-1', 'a', '3-5: out 1\n\nout 2'],
      [6, 'block-1-2', 'b'],
    ],
  ],
  ['prompts in a fence of bash', "'''bash\n$ a --x \\\n> y\n'''\n", [[2, 'block-1', 'a --x \\\ny']]],
  [
    'a prompt with a name, and a here-document behind it',
    "'''console\n[ec2-user@ip-10 ~]$ cat <<E\n> t\n> E\nt\n'''\n",
    [[2, 'block-1', 'cat <<E\nt\nE', '5-5: t']],
  ],
  ["root's prompt", "'''shell-session\n# a\nout\n'''\n", [[2, 'block-1', 'a', '3-3: out']]],
  ['no language, with prompts', "'''\n$ a\n'''\n", [[2, 'block-1', 'a']]],
  ['no language, no prompts: nothing to run', "'''\na\n'''\n", []],
  ['other languages are not run', "'''python\na\n'''\n'''json\n{}\n'''\n'''yaml\na: 1\n'''\n", []],
  [
    'an output behind its lead-in',
    "'''bash\na\n'''\n\nThe output will look like below\n\n'''\nx\ny\n'''\n",
    [[2, 'block-1', 'a', '8-9: x\ny']],
  ],
  [
    'a document is no output',
    "'''bash\na\n'''\n\nCreate a file with this content:\n\n'''json\n{}\n'''\n",
    [[2, 'block-1', 'a']],
  ],
  [
    'an output of JSON',
    "'''bash\na\nb\n'''\n\nYou should see:\n\n'''json\n{}\n'''\n",
    [
      [2, 'block-1', 'a'],
      [3, 'block-1-2', 'b', '9-9: {}'],
    ],
  ],
  [
    'an output in a fence of bash',
    "'''bash\na\n'''\nReturns:\n'''bash\n{ \"a\": 1 }\n'''\n",
    [[2, 'block-1', 'a', '6-6: { "a": 1 }']],
  ],
  [
    'numbers of lists',
    "1. one\n\n'''bash\na\n'''\n\n2. two\n\n'''bash\nb\n'''\n",
    [
      [4, 'step-1', 'a'],
      [10, 'step-2', 'b'],
    ],
  ],
  [
    'nested lists',
    "3. one\n   * deep\n     1. deeper\n\n        '''bash\n        a \\\n          b\n        '''\n",
    [[6, 'step-3', 'a \\\n  b']],
  ],
  [
    'an output in a list',
    "1. one\n\n   '''bash\n   a\n   '''\n\n   Output:\n\n   '''\n   x\n     y\n   '''\n",
    [[4, 'step-1', 'a', '10-11: x\n  y']],
  ],
  ['a block quote', "> '''bash\n> a\n> '''\n", [[2, 'block-1', 'a']]],
  ['tildes', '~~~bash\na\n~~~\n', [[2, 'block-1', 'a']]],
  ["Hugo's attributes", "'''bash {linenos=table,hl_lines=[1]}\na\n'''\n", [[2, 'block-1', 'a']]],
  ["Hugo's notice", "{{% notice tip %}}\nRun:\n'''bash\na\n'''\n{{% /notice %}}\n", [[4, 'block-1', 'a']]],
  ["Hugo's highlight", '{{< highlight bash "linenos=table" >}}\na\n{{< /highlight >}}\n', [[2, 'block-1', 'a']]],
  [
    "Hugo's tabs: one of them",
    "{{< tabs >}}\n{{% tab name=\"Linux\" %}}\n'''bash\na\n'''\n{{% /tab %}}\n{{% tab name=\"macOS\" %}}\n'''bash\nb\n'''\n{{% /tab %}}\n{{< /tabs >}}\n",
    [
      [4, 'block-1', 'a'],
      [9, 'block-2', 'b', 'skip'],
    ],
  ],
  [
    'templates of a command are its own',
    "'''bash\ndocker inspect -f '{{.Id}}' x \\\n{{< a >}}\n'''\n",
    [[2, 'block-1', "docker inspect -f '{{.Id}}' x \\\n{{< a >}}"]],
  ],
  [
    "Workshop Studio's code",
    ':::code{showCopyAction=true language=bash}\na\nb\n:::\n',
    [
      [2, 'block-1', 'a'],
      [3, 'block-1-2', 'b'],
    ],
  ],
  [
    "Workshop Studio's code on one line",
    '::code[aws sts get-caller-identity]{language=bash}\n',
    [[1, 'block-1', 'aws sts get-caller-identity']],
  ],
  [
    "Workshop Studio's tabs",
    '::::tabs\n:::tab{label="CLI"}\n```bash\na\n```\n:::\n:::tab{label="PowerShell"}\n```bash\nb\n```\n:::\n::::\n\n:::alert{type=info}\nx\n:::\n',
    [
      [4, 'block-1', 'a'],
      [9, 'block-2', 'b', 'skip'],
    ],
  ],
  [
    'a comment that skips',
    "<!-- lab: skip needs a browser -->\n'''bash\na\n'''\n'''bash\nb\n'''\n",
    [
      [3, 'block-1', 'a', 'skip'],
      [6, 'block-2', 'b'],
    ],
  ],
  [
    'a comment for the background',
    "1. x\n   <!-- lab: background -->\n   '''bash\n   a\n   '''\n",
    [[4, 'step-1', 'a', 'background']],
  ],
  ['front matter', "---\ntitle: \"T: 1\"\nweight : 2\n---\n\n'''bash\na\n'''\n", [[7, 'block-1', 'a']]],
  ['carriage returns', "'''bash\r\na \\\r\n  b\r\n'''\r\n", [[2, 'block-1', 'a \\\n  b']]],
]

test.each(rows)('%s', (_, text, commands) => {
  expect(briefly(text)).toEqual(commands)
})

test('front matter says what an absent page would have set', () => {
  const page = read('---\ntitle: T\nneeds: [ecr-repositories]\nenv: { REPO: team-a/alpine, N: 3 }\n---\n# Other\n')
  expect(page).toMatchObject({ title: 'T', needs: ['ecr-repositories'], env: { REPO: 'team-a/alpine', N: '3' } })
  expect(read('+++\ntitle = "Toml"\n+++\n')).toMatchObject({ title: 'Toml', needs: null, env: {} })
  expect(read('---\r\nneeds: [a]\r\ntitle: Drift\r\n---\r\n').title).toBe('Drift')
  expect(read('+++\r\ntitle = "Toml"\r\n+++\r\n').title).toBe('Toml')
  expect(read('---\r\n---\r\n# T\r\n').title).toBe('T')
  expect(read('text\n\n## A *heading*\n').title).toBe('A heading')
  expect(read('text\n').title).toBe('page.md')
})

test.each([
  ['---\nneeds: x\n---\n', 2, '`needs` is no list of lab ids'],
  ['---\ntitle: x\nenv: [a]\n---\n', 3, '`env` is no map of variables'],
  ['---\na: "x\nb: 1\n---\n', 2, 'the front matter is no YAML: a quote is opened here and not closed'],
  ['---\na: 1\na: 2\n---\n', 3, 'the front matter is no YAML: the key `a` is written twice in the same map'],
  ['\n<!-- lab: skp -->\n', 2, 'a comment says `lab: skp`, which means nothing'],
])('%j is refused at its line', (text, line, message) => {
  expect(() => read(text)).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({
          place: expect.objectContaining({ line }),
          message: expect.stringContaining(message),
        }),
      ],
    }),
  )
})
