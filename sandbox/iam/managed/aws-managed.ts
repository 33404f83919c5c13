import type { ManagedPolicy } from '../entities.ts'

interface Facts {
  PolicyName: string
  PolicyId: string
  Path?: string
  Description: string
  /** ISO 8601. */
  created: string
  updated: string
  /** Number of the default version; older ones are not kept here. */
  version: number
  statements: readonly object[]
}

/** One of AWS's own policies, as every account sees it. Ids and dates are those AWS shows. */
export const awsManaged = (facts: Facts): ManagedPolicy => {
  const { PolicyName, PolicyId, Path = '/', Description, version } = facts
  const UpdateDate = Date.parse(facts.updated)
  const Document = JSON.stringify({ Version: '2012-10-17', Statement: facts.statements }, null, 2)
  return {
    PolicyName,
    PolicyId,
    Path,
    Arn: `arn:aws:iam::aws:policy${Path}${PolicyName}`,
    Description,
    CreateDate: Date.parse(facts.created),
    UpdateDate,
    DefaultVersionId: `v${version}`,
    lastVersion: version,
    versions: [{ VersionId: `v${version}`, Document, CreateDate: UpdateDate }],
    Tags: [],
  }
}
