import { type Difference, judge, type Outcome, parseDenial, type Verdict } from '../../../assertions/index.ts'
import { jsonDifferences } from './compare-json.ts'
import { lineDifferences } from './compare-lines.ts'

/** What a command came to, and what it printed. */
export interface Printed {
  outcome: Outcome
  exitCode: number | null
  stdout: string
  stderr: string
}

/** `An error occurred (EntityAlreadyExists) when calling the CreateRole operation: ...` */
const cliError = /An error occurred \(\s*([\w.]+)\s*\) when calling the\s+(\w+)\s+operation/

const facts = { actions: [], principal: null }

/**
 * Judges what a command printed by what its page shows: a denial by its reason, another error of the CLI by its code, JSON by its shape,
 * anything else by its lines. null for `shown`: the command must only succeed.
 */
export function judgeOutput(shown: string | null, printed: Printed): Verdict {
  if (shown === null) return succeeded(printed, 'exit status 0', [])
  if (parseDenial(shown).isDenial) return judge({ kind: 'deny', deny: shown }, printed.outcome, facts)
  const [, code, operation] = cliError.exec(shown) ?? []
  if (code !== undefined) return judgeError(shown, code, operation ?? '', printed)
  const wanted = asJson(shown)
  const found = asJson(printed.stdout)
  if (wanted !== undefined) {
    const differences =
      found === undefined
        ? [{ field: 'output', expected: 'JSON', actual: firstLine(printed.stdout || printed.stderr) }]
        : jsonDifferences(wanted, found)
    return succeeded(printed, 'the JSON of the page', differences)
  }
  return succeeded(
    printed,
    'the output of the page',
    lineDifferences(shown, `${printed.stdout}\n${printed.stderr}`),
    true,
  )
}

/** `failing`: what a page shows may be the words of a program that failed, but not of one that was ended from outside, as by its time. */
function succeeded(printed: Printed, expected: string, differences: readonly Difference[], failing = false): Verdict {
  const { outcome, exitCode } = printed
  const failed = outcome.outcome !== 'allowed' && !(failing && exitCode !== null && differences.length === 0)
  // Without a status it was ended from outside, and its outcome says so.
  const own: Difference[] =
    failed && differences.length === 0 && exitCode !== null
      ? [{ field: 'exit status', expected: '0', actual: `${exitCode}` }]
      : []
  return {
    passed: !failed && differences.length === 0,
    expected,
    actual: phraseOf(printed),
    differences: own.length > 0 ? own : [...differences],
    unproven: [],
  }
}

function judgeError(shown: string, code: string, operation: string, printed: Printed): Verdict {
  const text = `${printed.stderr}\n${printed.stdout}`
  const [, foundCode = 'none', foundOperation = 'none'] = cliError.exec(text) ?? []
  const differences: Difference[] = [
    ...(foundCode === code ? [] : [{ field: 'code', expected: code, actual: foundCode }]),
    ...(foundOperation === operation ? [] : [{ field: 'operation', expected: operation, actual: foundOperation }]),
  ]
  const rest = differences.length > 0 ? [] : lineDifferences(folded(shown), folded(text))
  return {
    passed: differences.length + rest.length === 0,
    expected: `error ${code}`,
    actual: phraseOf(printed),
    differences: [...differences, ...rest],
    unproven: [],
  }
}

/** A page breaks an error over lines where it fits, the CLI does not. */
const folded = (text: string): string => {
  const at = text.search(cliError)
  return (at < 0 ? text : text.slice(at)).replace(/\s+/g, ' ').trim()
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? ''

function phraseOf({ outcome, exitCode, stdout, stderr }: Printed): string {
  if (outcome.outcome !== 'allowed') return firstLine(outcome.message) || `exit status ${exitCode}`
  return firstLine(stdout || stderr) === '' ? 'exit status 0' : firstLine(stdout || stderr)
}

function asJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
