import { Document, isCollection, isScalar, type Node, visit } from 'yaml'
import type { DraftStep } from './draft-steps.ts'

export interface LabToWrite {
  id: string
  title: string
  source: string
  needs: readonly string[]
  names: Readonly<Record<string, string>>
  steps: readonly DraftStep[]
  left: readonly string[]
}

/** As wide as the labs of this repository. */
const width = 140

/** lab.yaml of a draft, short maps on one line. */
export function labText({ id, title, source, needs, names, steps, left }: LabToWrite): string {
  const document = new Document({
    id,
    title,
    source,
    ...(needs.length > 0 ? { needs } : {}),
    ...(Object.keys(names).length > 0 ? { names } : {}),
    steps: steps.map(({ keys }) => keys),
  })
  visit(document, {
    Collection: (_, node, path) => {
      // Below a step's key: document, steps, the step, the pair.
      if (path.length > 4 && isShort(node)) node.flow = true
    },
    Pair: (_, { key, value }) => {
      if (isScalar(key) && key.value === 'needs' && isCollection(value)) value.flow = true
    },
  })
  document.commentBefore = ' yaml-language-server: $schema=../../schema/lab.schema.json'
  const open = left.map(line => `# The page, ${line}`).join('\n')
  const text = document.toString({ lineWidth: width, flowCollectionPadding: true }).replace(/\[ (.*) \]/g, '[$1]')
  return `${text.replace(/\n\n/, '\n')}${open === '' ? '' : `# No step stands for:\n${open}\n`}`
}

const isShort = (node: Node): boolean => JSON.stringify(node).length < width - 20
