/** The parameters of a Query request by name. Of a repeated one the first counts, as on STS. */
export type Parameters = ReadonlyMap<string, string>

/** What is not percent-encoded UTF-8 stays as it was sent. */
export const parseParameters = (text: string): Parameters => {
  const parameters = new Map<string, string>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    const name = decode(at < 0 ? pair : pair.slice(0, at))
    if (!parameters.has(name)) parameters.set(name, at < 0 ? '' : decode(pair.slice(at + 1)))
  }
  return parameters
}

const decode = (text: string): string => {
  if (!/[%+]/.test(text)) return text
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
