import { type CompiledPolicy, compilePolicy } from '../policy/index.ts'
import { AwsError } from './errors.ts'

const most = 2000
const compiled = new Map<string, CompiledPolicy>()

/**
 * The policy of this text, compiled once while it is in use: the least recently used is forgotten first.
 * @throws AwsError NotImplemented when policy/ cannot evaluate it: a policy that nobody understood must not count as silent
 */
export const compiledPolicy = (text: string, name: string): CompiledPolicy => {
  const known = compiled.get(text)
  if (known !== undefined) {
    compiled.delete(text)
    compiled.set(text, known)
    return known
  }
  const policy = compile(text, name)
  if (compiled.size >= most) {
    const [oldest] = compiled.keys()
    if (oldest !== undefined) compiled.delete(oldest)
  }
  compiled.set(text, policy)
  return policy
}

const compile = (text: string, name: string): CompiledPolicy => {
  try {
    return compilePolicy(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AwsError('NotImplemented', 501, `the policy ${name} cannot be evaluated by the sandbox: ${reason}`)
  }
}
