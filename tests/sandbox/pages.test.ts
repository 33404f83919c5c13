import { beforeAll, expect, test } from 'vitest'
import { repositories } from '../../sandbox/ecr/entities.ts'
import { roles } from '../../sandbox/iam/entities.ts'
import { putImages } from './ecr/put-images.ts'
import { trust } from './iam/documents.ts'
import { type Answer, accountId, type MemoryAccount, memoryAccount, region } from './memory-account.ts'

const many = 300
const size = 20
let account: MemoryAccount
/** Records that lists have given since it was set to 0. */
let read = 0

beforeAll(() => {
  account = memoryAccount()
  account.iam('CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: trust })
  account.ecr('CreateRepository', { repositoryName: 'r' })
  const role = account.state.get(roles, accountId, 'r')
  const repository = account.state.get(repositories, accountId, region, 'r')
  if (role === undefined || repository === undefined) throw new Error('nothing to copy')
  for (let n = 1; n < many; n++) {
    const name = `r${n}`
    account.state.put(roles, { ...role, RoleName: name, Arn: `${role.Arn}${n}` }, accountId, name)
    account.state.put(repositories, { ...repository, repositoryName: name }, accountId, region, name)
  }
  putImages(account, 'r', many)
  const { list } = account.state
  Object.assign(account.state, {
    *list(...of: Parameters<typeof list>) {
      for (const row of list(...of)) {
        read += 1
        yield row
      }
    },
  })
})

/** Every page reads what it shows and one more, to know whether there is another: not what other pages have shown. */
test.each<[string, string, (token: string | undefined) => Answer, (answer: Answer) => string | undefined]>([
  ['ListRoles', 'Roles', Marker => account.iam('ListRoles', { MaxItems: size, Marker }), ({ Marker }) => Marker],
  [
    'DescribeRepositories',
    'repositories',
    nextToken => account.ecr('DescribeRepositories', { maxResults: size, nextToken }),
    ({ nextToken }) => nextToken,
  ],
  [
    'ListImages',
    'imageIds',
    nextToken => account.ecr('ListImages', { repositoryName: 'r', maxResults: size, nextToken }),
    ({ nextToken }) => nextToken,
  ],
  [
    'DescribeImages',
    'imageDetails',
    nextToken => account.ecr('DescribeImages', { repositoryName: 'r', maxResults: size, nextToken }),
    ({ nextToken }) => nextToken,
  ],
])('all pages of %s together read little more than there is', (_, member, ask, tokenOf) => {
  read = 0
  const seen: unknown[] = []
  let pages = 0
  let token: string | undefined
  do {
    const answer = ask(token)
    seen.push(...answer[member])
    token = tokenOf(answer)
    pages += 1
  } while (token !== undefined)
  expect({ pages, distinct: new Set(seen.map(item => JSON.stringify(item))).size }).toEqual({
    pages: many / size,
    distinct: many,
  })
  expect(read).toBeLessThanOrEqual(many + pages)
})
