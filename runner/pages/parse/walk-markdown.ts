import { fromMarkdown } from 'mdast-util-from-markdown'

type Root = ReturnType<typeof fromMarkdown>
type Nodes = Root | Root['children'][number]
type Code = Extract<Nodes, { type: 'code' }>

/** What of a page matters to a run, in the order of the page. */
export type Found =
  | { kind: 'code'; language: string; text: string; firstLine: number; fenced: boolean; item: number | null }
  | { kind: 'comment'; html: string; line: number }
  /** A paragraph or a heading. */
  | { kind: 'text'; text: string; line: number }

/** Headings, paragraphs, comments and code of a Markdown text; `item`: the number of the list item that code stands under or after. */
export function walkMarkdown(text: string, lines: readonly string[]): { title: string | null; found: Found[] } {
  const found: Found[] = []
  let title: string | null = null
  let item: number | null = null
  const visit = (node: Nodes, depth: number): void => {
    const line = node.position?.start.line ?? 1
    if (node.type === 'code') found.push(codeOf(node, line, lines, item))
    else if (node.type === 'html') found.push({ kind: 'comment', html: node.value, line })
    else if (node.type === 'heading' || node.type === 'paragraph') {
      const words = wordsOf(node)
      if (node.type === 'heading') {
        item = null
        title ??= words
      }
      found.push({ kind: 'text', text: words, line })
      for (const child of node.children) if (child.type === 'html') visit(child, depth)
    } else if ('children' in node) {
      const numbered = node.type === 'list' && node.ordered === true && depth === 0
      node.children.forEach((child, index) => {
        if (numbered) item = (node.start ?? 1) + index
        visit(child, numbered ? depth + 1 : depth)
      })
    }
  }
  visit(fromMarkdown(text), 0)
  return { title, found }
}

function codeOf(node: Code, line: number, lines: readonly string[], item: number | null): Found {
  const fenced = /[`~]{3}/.test(lines[line - 1] ?? '')
  return {
    kind: 'code',
    language: `${node.lang ?? ''}`,
    text: node.value,
    firstLine: fenced ? line + 1 : line,
    fenced,
    item,
  }
}

function wordsOf(node: Nodes): string {
  if ('value' in node) return node.type === 'html' ? '' : node.value
  return 'children' in node ? node.children.map(wordsOf).join('') : ''
}
