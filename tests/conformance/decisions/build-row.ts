import { accounts } from '../../../sandbox/accounts.ts'
import { fullAccess } from '../../../sandbox/organization.ts'
import { keysOf } from './caller-keys.ts'
import { type Document, type Entity, entityOf, NotBuilt, partsOf, policyText, type Row } from './row.ts'
import type { Keys, World } from './world.ts'

const text = (document: Document): string => JSON.stringify(document)

const assumes = ({ action }: Row): boolean => /^sts:(AssumeRole|TagSession)$/i.test(action)

/** Users and roles that the row speaks of; IAM takes no policy that names one which is not there. */
const entitiesOf = (row: Row): Entity[] => {
  const target = row.action.toLowerCase() === 'iam:getuser' || assumes(row) ? [row.resource] : []
  const mentioned = [...policyText(row).matchAll(/"(arn:aws:iam::\d{12}:(?:user|role)\/[^"*?${}]+)"/g)].map(
    ([, arn = '']) => arn,
  )
  const found = new Map<string, Entity>()
  for (const arn of [...mentioned, ...target, row.principal]) {
    const entity = entityOf(arn)
    if (entity === null) continue
    const key = `${entity.account} ${entity.kind} ${entity.name.toLowerCase()}`
    const known = found.get(key)
    if (known === undefined) found.set(key, entity)
    else if (known.name !== entity.name) throw new NotBuilt('IAM has no two names that differ in case alone')
  }
  return [...found.values()]
}

const principalTags = ({ context }: Row): { Key: string; Value: string }[] =>
  Object.entries(context).flatMap(([key, value]) =>
    key.startsWith('aws:PrincipalTag/') ? [{ Key: key.slice('aws:PrincipalTag/'.length), Value: String(value) }] : [],
  )

const bootstrapTrust = (account: string): string =>
  text({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }],
  })

/** Makes everything the row has, in the order in which AWS would let it be made, and gives the caller's keys. @throws NotBuilt */
export const buildRow = async (world: World, row: Row): Promise<Keys> => {
  const caller = entityOf(row.principal)
  for (const entity of entitiesOf(row)) {
    const { kind, account, path, name } = entity
    const isCaller = caller !== null && caller.kind === kind && caller.account === account && caller.name === name
    const Tags = isCaller ? principalTags(row) : []
    if (kind === 'user') await world.make(account, 'iam:CreateUser', { UserName: name, Path: path, Tags })
    else
      await world.make(account, 'iam:CreateRole', {
        ...{ RoleName: name, Path: path, Tags, AssumeRolePolicyDocument: bootstrapTrust(account) },
      })
  }
  const keys = await keysOf(world, row, caller)
  if (caller !== null) await limitCaller(world, row, caller)
  await hangOnResource(world, row)
  bindByOrganization(world, row)
  return keys
}

const limitCaller = async (world: World, row: Row, { kind, account, name }: Entity): Promise<void> => {
  const [noun, who] = kind === 'user' ? ['User', { UserName: name }] : ['Role', { RoleName: name }]
  for (const [index, document] of row.identityPolicies.entries())
    await world.make(account, `iam:Put${noun}Policy`, {
      ...who,
      PolicyName: `p${index}`,
      PolicyDocument: text(document),
    })
  for (const document of row.permissionBoundaries ?? []) {
    const { Policy } = await world.make(account, 'iam:CreatePolicy', {
      PolicyName: 'boundary',
      PolicyDocument: text(document),
    })
    await world.make(account, `iam:Put${noun}PermissionsBoundary`, { ...who, PermissionsBoundary: Policy?.Arn })
  }
}

const hangOnResource = async (world: World, row: Row): Promise<void> => {
  const { resource, resourceAccount: account, resourcePolicy, registryPolicy } = row
  const [, , , region, , rest = ''] = resource.split(':')
  if (assumes(row)) {
    const who = { RoleName: resource.slice(resource.lastIndexOf('/') + 1) }
    if (!resourcePolicy) throw new NotBuilt('a role has a trust policy')
    await world.make(account, 'iam:UpdateAssumeRolePolicy', { ...who, PolicyDocument: text(resourcePolicy) })
    return
  }
  if (registryPolicy) await world.make(account, 'ecr:PutRegistryPolicy', { policyText: text(registryPolicy) }, region)
  if (!rest.startsWith('repository/')) return
  const repositoryName = rest.slice('repository/'.length)
  if (repositoryName === '*' || row.action.toLowerCase() === 'ecr:createrepository') return
  const tags = Object.entries(row.context).flatMap(([key, value]) =>
    key.startsWith('ecr:ResourceTag/') ||
    (key.startsWith('aws:ResourceTag/') && !(key.replace('aws:', 'ecr:') in row.context))
      ? [{ Key: key.slice(key.indexOf('/') + 1), Value: String(value) }]
      : [],
  )
  await world.make(account, 'ecr:CreateRepository', { repositoryName, tags }, region)
  if (resourcePolicy)
    await world.make(
      account,
      'ecr:SetRepositoryPolicy',
      { repositoryName, policyText: text(resourcePolicy), force: true },
      region,
    )
}

const control = (documents: Document[]) =>
  documents.map((document, index) => ({
    name: `p${index}`,
    arn: `arn:aws:organizations::777788889999:policy/p-${index}`,
    text: text(document),
  }))

/** Last of all: it binds administrators too. */
const bindByOrganization = ({ state }: World, row: Row): void => {
  const { account: callers = '' } = partsOf(row.principal) ?? {}
  const bound = new Map<string, { scps: ReturnType<typeof control>; rcps: ReturnType<typeof control> }>()
  const all = [fullAccess]
  if (row.scps || row.context['aws:PrincipalOrgID'])
    bound.set(callers, { scps: control((row.scps as Document[]) ?? []), rcps: [] })
  if (row.rcps) {
    const known = bound.get(row.resourceAccount)
    bound.set(row.resourceAccount, { scps: known?.scps ?? [], rcps: control(row.rcps) })
  }
  state.write(store => {
    for (const [id, { scps, rcps }] of bound) {
      const account = store.get(accounts, id)
      if (account === undefined) throw new NotBuilt(`the sandbox has no account ${id}`)
      store.put(
        accounts,
        { ...account, organization: { scps: scps.length > 0 ? scps : all, rcps: [...all, ...rcps] } },
        id,
      )
    }
  })
}
