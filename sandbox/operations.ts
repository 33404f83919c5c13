import { ecr } from './ecr/index.ts'
import { iam } from './iam/index.ts'
import type { AnyOperation } from './operation.ts'
import { sts } from './sts/index.ts'
import type { ServiceName } from './wire/service-model.ts'

/** Every operation that the sandbox serves. */
export const operations: Readonly<Record<ServiceName, Readonly<Record<string, AnyOperation>>>> = { iam, sts, ecr }
