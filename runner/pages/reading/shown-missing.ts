import type { Page } from '../parse/page.ts'
import type { ThingType, ThingUse } from './thing.ts'

/** What the CLI prints of something that is not there, and what that may be. Source: the error codes of IAM and ECR, the CLI's own words. */
const absences: readonly { pattern: RegExp; types: readonly ThingType[] }[] = [
  { pattern: /\(\s*NoSuchEntity\w*\s*\)/, types: ['role', 'user', 'group', 'policy'] },
  { pattern: /\(\s*RepositoryNotFoundException\s*\)/, types: ['repository'] },
  { pattern: /config profile \([^)]*\) could not be found/, types: ['profile'] },
]

/**
 * The uses of things that their command does not find, as its page shows. Where the page's words name one of several, only that one is
 * missing.
 */
export function shownMissing(used: readonly ThingUse[], pages: readonly Page[]): ThingUse[] {
  return pages.flatMap(({ file, commands }) =>
    commands.flatMap(({ line, text, output }) => {
      const types = absences.flatMap(({ pattern, types }) => (pattern.test(output?.text ?? '') ? types : []))
      if (types.length === 0) return []
      const last = line + text.split('\n').length - 1
      const here = used.filter(
        ({ type, place }) => types.includes(type) && place.file === file && line <= place.line && place.line <= last,
      )
      const named = here.filter(({ name }) => output?.text.includes(name))
      return named.length > 0 ? named : here
    }),
  )
}
