import { operations } from '../../../sandbox/operations.ts'
import { serviceModel } from '../../../sandbox/wire/service-model.ts'
import type { OperationModel } from '../../../sandbox/wire/shape.ts'
import type { SignedService } from './signed-message.ts'

/** Named in the model, and served by nobody here. */
const unserved = { iam: ['GetCredentialReport'], sts: ['AssumeRoot'], ecr: ['StartImageScan'] } as const

/** Every operation that is served, with its model. */
export const modelledServices = (): Promise<SignedService[]> =>
  Promise.all(
    (['iam', 'sts', 'ecr'] as const).map(async name => {
      const model = await serviceModel(name)
      const names = [...Object.keys(operations[name]), ...unserved[name]]
      const found = names.map(operation => model.operation(operation))
      return { name, operations: found.filter((one): one is OperationModel => one !== undefined) }
    }),
  )
