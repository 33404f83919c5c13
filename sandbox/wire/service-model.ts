import { NormalizedSchema } from '@smithy/core/schema'
import type { OperationModel, Shape, Structure } from './shape.ts'

export type ServiceName = 'iam' | 'sts' | 'ecr'

/** What the SDK's clients export: each operation of the service as `CreateRole$`, a tuple that begins with 9. */
type ClientModule = Readonly<Record<string, unknown>>

/** Loaded when the service is first asked for: each takes some 40 ms. */
const clients: Record<ServiceName, () => Promise<ClientModule>> = {
  iam: () => import('@aws-sdk/client-iam'),
  sts: () => import('@aws-sdk/client-sts'),
  ecr: () => import('@aws-sdk/client-ecr'),
}

export interface ServiceModel {
  /** Undefined: the service has no such operation. */
  operation(name: string): OperationModel | undefined
  operations(): string[]
}

const loading = new Map<ServiceName, Promise<ServiceModel>>()
const loaded = new Map<ServiceName, ServiceModel>()

export const serviceModel = (service: ServiceName): Promise<ServiceModel> => {
  const known = loading.get(service)
  if (known !== undefined) return known
  const model = clients[service]()
    .then(modelOf)
    .then(made => {
      loaded.set(service, made)
      return made
    })
  loading.set(service, model)
  return model
}

/** Undefined: it was not asked for yet. */
export const loadedModel = (service: ServiceName): ServiceModel | undefined => loaded.get(service)

const modelOf = (client: ClientModule): ServiceModel => {
  const models = new Map<string, OperationModel>()
  const tupleOf = (name: string): OperationTuple | undefined => {
    const exported = client[`${name}$`]
    return isOperation(exported) ? exported : undefined
  }
  return {
    operation(name) {
      const known = models.get(name)
      if (known !== undefined) return known
      const tuple = tupleOf(name)
      if (tuple === undefined) return undefined
      const model = { name, input: structureOf(tuple[4]), output: structureOf(tuple[5]) }
      models.set(name, model)
      return model
    },
    operations: () =>
      Object.keys(client)
        .filter(name => name.endsWith('$') && tupleOf(name.slice(0, -1)) !== undefined)
        .map(name => name.slice(0, -1)),
  }
}

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0]
type OperationTuple = readonly [9, string, string, unknown, SchemaRef, SchemaRef]

const isOperation = (exported: unknown): exported is OperationTuple => Array.isArray(exported) && exported[0] === 9

const structureOf = (ref: SchemaRef): Structure => {
  const shape = shapeOf(NormalizedSchema.of(ref), new Map())
  return shape.kind === 'structure' ? shape : { kind: 'structure', name: 'Unit', members: new Map() }
}

/** `seen` holds the structures on the way: a model may be recursive. */
const shapeOf = (schema: NormalizedSchema, seen: Map<string, Structure>): Shape => {
  if (schema.isStructSchema()) {
    const name = schema.getName() ?? 'Unit'
    const known = seen.get(name)
    if (known !== undefined) return known
    const members = new Map<string, Shape>()
    const structure: Structure = { kind: 'structure', name, members }
    seen.set(name, structure)
    for (const [member, memberSchema] of schema.structIterator()) members.set(member, shapeOf(memberSchema, seen))
    return structure
  }
  if (schema.isListSchema()) return { kind: 'list', member: shapeOf(schema.getValueSchema(), seen) }
  if (schema.isMapSchema()) {
    return { kind: 'map', key: shapeOf(schema.getKeySchema(), seen), value: shapeOf(schema.getValueSchema(), seen) }
  }
  if (schema.isBlobSchema()) return { kind: 'blob' }
  if (schema.isTimestampSchema()) return { kind: 'timestamp' }
  if (schema.isBooleanSchema()) return { kind: 'boolean' }
  if (schema.isNumericSchema()) return { kind: 'number' }
  if (schema.isStringSchema()) return { kind: 'string' }
  // A unit input or output, and the `document` type no served operation has.
  return { kind: 'document' }
}
