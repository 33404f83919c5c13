/** `{{steps.policy.Policy.Arn}}` taken apart. */
export interface Template {
  root: string
  /** Names and list indexes after the root. */
  path: readonly (string | number)[]
}

/** A template in a text; `template` is null when its braces or its inside are malformed. */
export interface TemplateMatch {
  text: string
  offset: number
  template: Template | null
}

const segment = /^([A-Za-z0-9_$:@/-]+)((?:\[\d+\])*)$/

/** The inside of `{{...}}`: names joined by dots, `[0]` for an entry of a list. Null when it is not one. */
export function parseTemplate(inside: string): Template | null {
  const path: (string | number)[] = []
  for (const part of inside.trim().split('.')) {
    const match = segment.exec(part)
    if (!match?.[1]) return null
    path.push(match[1])
    for (const index of match[2]?.matchAll(/\d+/g) ?? []) path.push(Number(index[0]))
  }
  const [root, ...rest] = path
  return typeof root === 'string' ? { root, path: rest } : null
}

/** All templates of a text, malformed ones too. IAM's `${aws:username}` is none. */
export function templatesIn(text: string): TemplateMatch[] {
  return [...text.matchAll(/\{\{([^{}]*)\}\}|\{\{[\w.\-[\] ]{0,40}/g)].map(match => ({
    text: match[0],
    offset: match.index,
    template: match[1] === undefined ? null : parseTemplate(match[1]),
  }))
}

/** The template that is the whole of a text, or null. */
export function wholeTemplate(text: string): Template | null {
  const inside = /^\s*\{\{([^{}]*)\}\}\s*$/.exec(text)?.[1]
  return inside === undefined ? null : parseTemplate(inside)
}

export const roots = ['names', 'vars', 'steps', 'account', 'region', 'run', 'identities', 'env'] as const

/** The same text with each template replaced by digits of its length: JSON stays JSON, offsets stay. */
export const withoutTemplates = (text: string): string =>
  text.replaceAll(/\{\{[^{}]*\}\}/g, template => '1'.padEnd(template.length, '0'))
