import type { AskMfaCode } from '../runner/aws/person-credentials.ts'
import { askLine } from './ask.ts'
import type { World } from './world.ts'

const unusable = 'CredentialsProviderError'

/**
 * Asks on the terminal for codes of MFA devices, one after the other: two profiles may need one at the same time, and AWS takes each code
 * once. It throws an Error where none is given.
 */
export function askMfaCodes(world: World): AskMfaCode {
  const known = new Set<string>()
  let turn: Promise<unknown> = Promise.resolve()
  const askFor = async (device: string): Promise<string> => {
    const which = known.has(device) ? 'next code' : 'code'
    known.add(device)
    const code = await askLine(world, `${which} of the MFA device ${device}:`)
    // Named as the SDK names what keeps it from having credentials.
    if (code === '')
      throw Object.assign(new Error(`no code was given for the MFA device ${device}`), { name: unusable })
    return code
  }
  return device => {
    const asked = turn.then(() => askFor(device))
    turn = asked.catch(() => undefined)
    return asked
  }
}
