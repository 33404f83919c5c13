import { defineOperation } from '../operation.ts'
import { role } from './holder.ts'

interface Input {
  RoleName: string
  Description?: string
  MaxSessionDuration?: number
}

/** A field that is not given stays as it is. */
export const UpdateRole = defineOperation<Input>({
  effect: 'changes',
  needs: call => role.needs(call, 'iam:UpdateRole', call.input.RoleName),
  handle({ input: { RoleName, Description, MaxSessionDuration }, ...scope }) {
    role.save(scope, {
      ...role.named(scope, RoleName),
      ...(Description === undefined ? {} : { Description }),
      ...(MaxSessionDuration === undefined ? {} : { MaxSessionDuration }),
    })
    return {}
  },
})
