import { type Document, isScalar, type Node, visit, type YAMLError } from 'yaml'
import type { YamlFault } from './yaml-value.ts'

/** What the yaml package reports, in our words; what is not listed keeps its own. */
const wording: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: 'a tab is used for indentation, expected spaces',
  BAD_INDENT: 'the indentation does not fit',
  MISSING_CHAR: 'a character is missing: a comma, a colon or a closing bracket',
  UNEXPECTED_TOKEN: 'this is not expected here',
  BLOCK_AS_IMPLICIT_KEY: 'a map or list begins in the middle of a line',
  BLOCK_IN_FLOW: 'a line of a map or list stands inside brackets',
  MULTILINE_IMPLICIT_KEY: 'a key goes over several lines',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters',
  RESOURCE_EXHAUSTION: 'values are nested too deep',
  IMPOSSIBLE: 'this cannot be read as YAML',
}

const hints: Readonly<Record<string, string>> = {
  BAD_INDENT: 'close every bracket, and indent with spaces',
  BLOCK_AS_IMPLICIT_KEY: 'put text that holds a colon in quotes',
  BAD_SCALAR_START: 'put the text in quotes',
  TAB_AS_INDENT: 'two spaces a level are usual',
}

export const severalDocuments = {
  message: 'the file holds more than one YAML document',
  hint: 'take out the `---` line; a lab is one document',
}

/** An error or warning of the yaml package with its place in the text. */
export function yamlFault(error: YAMLError, document: Document, text: string): YamlFault {
  const [offset] = error.pos
  if (error.code === 'DUPLICATE_KEY') {
    const key = /^(["']?)([^\s:"',{}[\]]+)\1/.exec(text.slice(offset, offset + 100))?.[2]
    return {
      offset,
      message: `the key${key ? ` \`${key}\`` : ''} is written twice in the same map`,
      hint: 'keep one of them',
      rule: 'duplicate-key',
    }
  }
  if (error.code === 'TAG_RESOLVE_FAILED') {
    const tag = /^![^\s,{}[\]]*/.exec(text.slice(offset, offset + 100))?.[0] ?? '!'
    return { offset, message: `the tag \`${tag}\` is not used here`, hint: 'write the value without it' }
  }
  if (error.code === 'MISSING_CHAR' && /quote/.test(error.message)) {
    return { offset: openingQuote(document, offset), message: 'a quote is opened here and not closed', hint: null }
  }
  const message =
    wording[error.code] ?? error.message.charAt(0).toLowerCase() + error.message.slice(1).replace(/\.$/, '')
  return { offset, message, hint: hints[error.code] ?? null }
}

/** The start of the quoted text that runs into `offset`: where a person will look. */
function openingQuote(document: Document, offset: number): number {
  let start = offset
  visit(document.contents as Node | null, {
    Scalar(_, node) {
      const quoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE')
      if (quoted && node.range && node.range[0] <= offset && offset <= node.range[1]) start = node.range[0]
    },
  })
  return start
}
