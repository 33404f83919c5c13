import { asList, readJson } from './json.ts'
import { PolicyError, shown } from './policy-error.ts'
import { compileStatement, type Statement } from './statement.ts'

/** A policy document prepared for many decisions. Opaque outside policy/. */
export interface CompiledPolicy {
  readonly version: '2008-10-17' | '2012-10-17'
}

/** What a CompiledPolicy is inside policy/. */
export class PolicyDocument implements CompiledPolicy {
  readonly version: CompiledPolicy['version']
  readonly statements: readonly Statement[]
  readonly hasPrincipal: boolean
  readonly lacksPrincipal: boolean
  readonly lacksResource: boolean

  constructor(version: CompiledPolicy['version'], statements: readonly Statement[]) {
    this.version = version
    this.statements = statements
    this.hasPrincipal = statements.some(({ principals }) => principals !== null)
    this.lacksPrincipal = statements.some(({ principals }) => principals === null)
    this.lacksResource = statements.some(({ resources }) => resources === null)
  }
}

/** @throws PolicyError `NotCompiled` for anything that compilePolicy did not make */
export function documentOf(attached: { readonly policy: unknown }): PolicyDocument {
  const policy: unknown = attached?.policy
  if (policy instanceof PolicyDocument) return policy
  throw new PolicyError('NotCompiled', `expected a policy made by compilePolicy, found ${shown(policy)}`)
}

export const documentElements: ReadonlySet<string> = new Set(['Version', 'Id', 'Statement'])

/**
 * Reads a policy document of any type. Which elements a type allows is the business of validate/; what no type could evaluate is refused here.
 * A document without Version is of 2008-10-17: its `${...}` is plain text.
 * @throws PolicyError naming the element and its place
 */
export function compilePolicy(text: string | object): CompiledPolicy {
  const document = readJson(text)
  const unknown = Object.keys(document).find(name => !documentElements.has(name))
  if (unknown !== undefined) throw new PolicyError('UnknownElement', `unknown policy element ${shown(unknown)}`)
  const { Version: version = '2008-10-17', Id: id, Statement: statement } = document
  if (version !== '2008-10-17' && version !== '2012-10-17') {
    throw new PolicyError(
      'UnknownVersion',
      `expected 2012-10-17 or 2008-10-17 as Version, found ${shown(version)}`,
      'Version',
    )
  }
  if (id !== undefined && typeof id !== 'string') {
    throw new PolicyError('InvalidValue', `expected text as Id, found ${shown(id)}`, 'Id')
  }
  if (statement === undefined) throw new PolicyError('MissingElement', 'expected Statement, found none')
  const variables = version === '2012-10-17'
  return new PolicyDocument(
    version,
    asList(statement).map((one, index) => compileStatement(one, index, variables)),
  )
}
