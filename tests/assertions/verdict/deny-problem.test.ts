import { expect, test } from 'vitest'
import { denyProblem } from '../../../assertions/index.ts'

test.each<[string, RegExp | null]>([
  ['because no identity-based policy allows the ecr:ListImages action', null],
  ['AccessDeniedException', null],
  ['Roles may not be assumed by root accounts.', null],
  ['public ACLs are prevented', null],
  ['any', /names no field/],
  ['', /names nothing/],
  ['...', /names nothing/],
  ['<ACCOUNT_ID>', /names nothing/],
  ['<--', /names nothing/],
  ['User: ...', /names nothing/],
  ['is not authorized to perform', /names nothing/],
  ['An error occurred', /names nothing/],
  ['is not authorized to perform: ecr:ListImages', null],
  ['with an explicit deny', null],
  ['ExpiredTokenException: The security token included in the request is expired', /no denial: the credentials/],
  ['An error occurred (NoSuchEntity) when calling the GetRole operation: The role cannot be found.', /no denial/],
])('%s', (text, problem) => {
  const found = denyProblem(text)
  if (problem === null) expect(found).toBeNull()
  else expect(found).toMatch(problem)
})
