export interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

const token = /<\?xml[^?]*\?>|<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy
const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const decode = (text: string) =>
  text.replace(/&(\w*);?/g, (whole, name: string) => {
    const char = entities[name]
    if (char === undefined || !whole.endsWith(';')) throw new Error(`not an entity: ${whole}`)
    return char
  })

/** Reads the XML that needs no more than elements, attributes and text; anything else is an error, as it is to a strict parser. */
export function readXml(text: string): Element {
  const bad = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(text)
  if (bad) throw new Error(`character not allowed in XML at ${bad.index}`)
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const match = token.exec(text)
    if (!match) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 60)}`)
    const [, end, name, attributes = '', empty, data] = match
    const parent = open.at(-1)
    if (!parent) throw new Error(`text after the end at ${at}`)
    if (data !== undefined) {
      if (data.includes(']]>')) throw new Error(']]> in text')
      parent.text += decode(data)
    } else if (end) {
      if (parent.name !== name) throw new Error(`</${name}> ends <${parent.name}>`)
      open.pop()
    } else if (name !== undefined) {
      const pairs = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [
        key,
        decode(value),
      ])
      if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`an attribute twice in <${name}>`)
      const element: Element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' }
      parent.children.push(element)
      if (!empty) open.push(element)
    }
  }
  const [only] = root.children
  if (open.length !== 1 || root.children.length !== 1 || !only) throw new Error('not one element')
  return only
}
