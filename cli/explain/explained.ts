import { type NearMiss, type ParsedDenial, summarise } from '../../assertions/index.ts'

/** What `lab explain --json` and each line of `--jsonl` print: scripts rely on these keys. */
export interface Explained {
  isDenial: boolean
  code: string | null
  operation: string | null
  principal: string | null
  action: string | null
  resource: string | null
  decision: ParsedDenial['decision']
  policyType: ParsedDenial['policyType']
  policyArn: string | null
  /** One line for a person, ARNs shortened; of a text that is no denial, what it is instead. */
  summary: string
  /** Only where the text is no denial. */
  notDenial?: NearMiss
  /** Only where there are several denials: those after the first. */
  more?: Explained[]
}

/** @param all of one text, at least one */
export function explained([first, ...rest]: readonly [ParsedDenial, ...ParsedDenial[]]): Explained {
  const { isDenial, code, operation, principal, action, resource, decision, policyType, policyArn, notDenial } = first
  return {
    ...{ isDenial, code, operation, principal, action, resource, decision, policyType, policyArn },
    summary: notDenial === null ? summarise(first) : `not a denial: ${notDenial.meaning}`,
    ...(notDenial === null ? {} : { notDenial }),
    ...(rest.length === 0 ? {} : { more: rest.map(denial => explained([denial])) }),
  }
}
