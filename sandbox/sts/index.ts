import type { AnyOperation } from '../operation.ts'
import { GetCallerIdentity } from './GetCallerIdentity.ts'

export const sts = { GetCallerIdentity } satisfies Record<string, AnyOperation>
