import { randomUUID } from 'node:crypto'
import type { Judged } from '../authorize.ts'
import { AwsError } from '../errors.ts'
import type { Call } from '../operation.ts'
import { perform, servedOperation } from '../perform.ts'
import type { Store } from '../state/store.ts'
import { constraintError } from '../wire/constraint-text.ts'
import { violations } from '../wire/constraints.ts'
import { serviceModel } from '../wire/service-model.ts'
import { callerBehind, type DockerClient } from './credentials.ts'

/**
 * Makes the ECR call that a registry request stands for: checked, authorized, carried out and logged like one from an SDK.
 * @returns the operation's output as it is, before the wire
 * @throws AwsError
 */
export const callEcr = async (
  docker: DockerClient,
  name: string,
  members: Record<string, unknown>,
): Promise<Record<string, unknown>> => {
  const { core, region, client } = docker
  const started = performance.now()
  const requestId = randomUUID()
  const caller = callerBehind(core, docker.accessKeyId)
  const checks: Judged[] = []
  let code: string | null = null
  let status = 200
  try {
    const operation = servedOperation('ecr', name)
    const model = (await serviceModel('ecr')).operation(name)
    if (operation === undefined || model === undefined)
      throw new AwsError('UNSUPPORTED', 405, `ecr:${name} is not implemented by the sandbox`)
    const input = { registryId: docker.registryId, ...members }
    const [first, ...rest] = violations('ecr', model.input, input)
    if (first !== undefined) throw constraintError('ecr', [first, ...rest])
    const work = (plain: Store): Record<string, unknown> => {
      const now = core.now()
      const state = core.propagation?.around(plain, now) ?? plain
      const call: Call = {
        input,
        caller,
        state,
        region,
        now,
        requestId,
        client,
        secrets: core.secrets,
        blobs: core.blobs,
        authorization: core.authorization,
      }
      return perform('ecr', name, operation, call, checks) ?? {}
    }
    return operation.effect === 'changes' ? core.state.write(work) : core.state.read(work)
  } catch (error) {
    if (error instanceof AwsError) {
      ;({ code, status } = error)
      error.requestId = requestId
    }
    throw error
  } finally {
    core.log.write({
      at: core.now(),
      requestId,
      service: 'ecr',
      operation: name,
      caller: caller.arn,
      accessKeyId: docker.accessKeyId,
      region,
      checks,
      status,
      code,
      milliseconds: Math.round((performance.now() - started) * 1000) / 1000,
    })
  }
}
