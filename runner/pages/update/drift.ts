import { parseDenial } from '../../../assertions/index.ts'
import type { Printed } from '../compare/judge-output.ts'
import type { OutputBlock } from '../parse/page.ts'

/** An output block whose words are no longer those that come. */
export interface Drift {
  block: OutputBlock
  text: string
}

const cliError = /An error occurred \([\s\S]*/

/**
 * What an output block would have to say; null where something else came of the command than the page shows: a denial where it shows an answer,
 * or the other way round. That is no drift of words, and is not written over.
 */
export function driftOf(
  block: OutputBlock,
  { outcome, stdout, stderr, exitCode }: Printed,
  account: string,
): string | null {
  const shown = block.text
  const named = (text: string) => (/\bACCOUNT_ID\b/.test(shown) ? text.replaceAll(account, 'ACCOUNT_ID') : text)
  if (parseDenial(shown).isDenial || cliError.test(shown)) {
    const found = cliError.exec(stderr)?.[0].replace(/\s+/g, ' ').trim()
    const sameKind = outcome.outcome === (parseDenial(shown).isDenial ? 'denied' : 'failed')
    return found === undefined || !sameKind ? null : named(likeBefore(found, shown))
  }
  if (outcome.outcome !== 'allowed' || exitCode !== 0) return null
  const printed = (stdout.trim() === '' ? stderr : stdout).replace(/\s+$/, '')
  return printed.trim() === '' ? null : named(printed)
}

/** Broken over lines where the page broke it, with its mark at the end. */
function likeBefore(sentence: string, shown: string): string {
  const broken = /\n/.test(shown.trim())
    ? sentence
        .replace(/ (?=User: )/, ' \n')
        .replace(/ (?=is not authorized)/, ' \n')
        .replace(/(on resource:) /, '$1 \n')
        .replace(/ (?=because no |with an explicit deny )/, ' \n')
    : sentence
  const mark = /[ \t]*(?:<--+|←)[^\n]*\s*$/.exec(shown)?.[0].trimEnd() ?? ''
  return `${broken}${mark}`
}
