import { expect, test } from 'vitest'
import { validateIdentityPolicy, validateTrustPolicy } from '../../../policy/index.ts'
import createPolicy from '../../corpus/create-policy.json' with { type: 'json' }
import trustPolicy from '../../corpus/trust-policy.json' with { type: 'json' }

test.each(createPolicy)('CreatePolicy $document', ({ document, code, status, message }) => {
  expect(validateIdentityPolicy(document, 'managed')).toEqual({ code, status, message })
})

test.each(trustPolicy)('$situation', ({ document, code, status, message }) => {
  expect(validateTrustPolicy(document)).toEqual({ code, status, message })
})
