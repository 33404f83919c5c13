import { unsure as ecr, unsureReasons } from '../sandbox/ecr/unsure.ts'
import { unsure as iam } from '../sandbox/iam/unsure.ts'
import { unsure as sts } from '../sandbox/web-identity/unsure.ts'

export { operations } from '../sandbox/operations.ts'
export { serviceModel } from '../sandbox/wire/service-model.ts'

/** The tables of texts that nobody has on record, for the page on coverage. */
export const unsure = { iam, sts, ecr }
export const reasons = unsureReasons
