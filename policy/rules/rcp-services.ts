/**
 * Services that resource control policies bind, by the prefix of their actions; `iam` is not among them.
 * Source: Organizations User Guide, orgs_manage_policies_rcps, its list as of 2026.
 */
const bound = new Set([
  ...['aoss', 'appconfig', 'appstream', 'autoscaling', 'autoscaling-plans', 'budgets', 'clouddirectory', 'cloudfront'],
  ...['cloudsearch', 'cloudtrail-data', 'codeartifact', 'codebuild', 'codecommit', 'codepipeline', 'cognito-identity'],
  ...['cognito-idp', 'comprehend', 'comprehendmedical', 'compute-optimizer', 'cost-optimization-hub', 'dax', 'dsql'],
  ...['dynamodb', 'ecr', 'ecr-public', 'events', 'firehose', 'fis', 'fms', 'gamelift', 'health', 'inspector-scan'],
  ...['kendra', 'kinesisvideo', 'kms', 'logs', 'memorydb', 'networkmonitor', 'notifications', 'opensearch'],
  ...[
    'pca-connector-ad',
    'personalize',
    'polly',
    'pricing',
    'resource-groups',
    'rolesanywhere',
    's3',
    'secretsmanager',
  ],
  ...['servicediscovery', 'signin', 'sqs', 'sts', 'support', 'swf', 'textract', 'timestream-influxdb', 'transcribe'],
  ...['transfer', 'translate', 'wafv2', 'workspaces', 'xray'],
])

/** @param action in lower case */
export const bindsRcp = (action: string): boolean => bound.has(action.slice(0, action.indexOf(':')))
