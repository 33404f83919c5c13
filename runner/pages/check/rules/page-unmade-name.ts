import type { Rule } from '../../../check/rule.ts'
import { didYouMean } from '../../../definition/nearest-name.ts'
import type { CheckedPages } from '../checked-pages.ts'

export const pageUnmadeName: Rule<CheckedPages> = {
  id: 'page-unmade-name',
  severity: 'warning',
  summary: 'A page names a role, policy, user, repository or profile that nothing makes',
  why: 'Another page called it so once, or the name is misspelt. The reader gets an error that says nothing of it.',
  wrong: { 'page.md': '```bash\naws iam create-role --role-name tester\naws iam delete-role --role-name testr\n```\n' },
  right: {
    'page.md': '```bash\naws iam create-role --role-name tester\naws iam delete-role --role-name tester\n```\n',
  },
  at: 'testr',
  check: ({ unmade, things, given }) =>
    unmade.map(({ type, name, place }) => {
      const others = [...things.made, ...given].filter(each => each.type === type).map(each => each.name)
      return {
        place,
        message: `the ${type} \`${name}\` is named here, and nothing makes it`,
        hint:
          others.length > 0
            ? didYouMean(name, [...new Set(others)], 'there are')
            : 'make it first, or say in the front matter which labs the page needs: needs: [LAB]',
      }
    }),
}
