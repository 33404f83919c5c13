import type { Rule } from '../../../check/rule.ts'
import type { CheckedPages } from '../checked-pages.ts'

/** What a shell splits, or takes for a pattern. */
const split = /[\s*?[\]]/

export const pageUnquotedVariable: Rule<CheckedPages> = {
  id: 'page-unquoted-variable',
  severity: 'warning',
  summary: 'A variable stands without quotes, and holds what the shell splits or takes for a pattern',
  why: 'A document with a space in it becomes several arguments. It works for the author as long as nobody formats the document.',
  wrong: { 'page.md': '```bash\nDOC=\'{"Version": "2012-10-17"}\'\necho $DOC\n```\n' },
  right: { 'page.md': '```bash\nDOC=\'{"Version": "2012-10-17"}\'\necho "$DOC"\n```\n' },
  at: '$DOC',
  check: ({ trace }) =>
    trace.uses
      .filter(({ quoted, value }) => !quoted && value !== null && split.test(value))
      .map(({ name, place }) => ({
        place,
        message: `\`$${name}\` holds spaces or a pattern, and stands without quotes`,
        hint: `write "$${name}"`,
      })),
}
