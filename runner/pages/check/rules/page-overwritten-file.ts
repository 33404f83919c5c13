import type { Rule } from '../../../check/rule.ts'
import type { CheckedPages } from '../checked-pages.ts'

/** Files that a reader has before he reads the page. */
const readers =
  /^~\/(\.aws\/(credentials|config)|\.(bashrc|bash_profile|profile|zshrc|zprofile|gitconfig|npmrc|netrc)|\.ssh\/[\w.]+|\.docker\/config\.json|\.kube\/config)$|^\/etc\//

export const pageOverwrittenFile: Rule<CheckedPages> = {
  id: 'page-overwritten-file',
  severity: 'warning',
  summary: 'A page overwrites a file that its reader has already',
  why: 'What the reader had in it is lost: credentials of other accounts, settings of his shell.',
  wrong: { 'page.md': '```bash\necho "[tester]" > ~/.aws/credentials\n```\n' },
  right: { 'page.md': '```bash\necho "[tester]" >> ~/.aws/credentials\n```\n' },
  at: '~/.aws/credentials',
  check: ({ trace }) =>
    trace.ran.flatMap(({ written, name, args, place }) => {
      const moved = /^(cp|mv|install)$/.test(name) ? (args.at(-1) ?? '') : ''
      const targets = [...written.filter(({ appends }) => !appends), ...(moved === '' ? [] : [{ path: moved, place }])]
      return targets
        .filter(({ path }) => readers.test(path))
        .map(({ path, place: at }) => ({
          place: at,
          message: `\`${path}\` is overwritten: what the reader has in it is lost`,
          hint:
            path === '~/.aws/credentials'
              ? 'use `aws configure set ... --profile NAME`, which keeps the rest'
              : 'append with `>>`',
        }))
    }),
}
