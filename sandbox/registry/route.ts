export interface Route {
  kind: 'base' | 'blob' | 'upload' | 'manifest' | 'tags' | 'unknown'
  /** Repository name; '' for the base. */
  name: string
  /** Digest, tag or upload id; '' where there is none yet. */
  reference: string
}

const forms: readonly [Route['kind'], RegExp][] = [
  ['base', /^\/v2\/?()()$/],
  ['upload', /^\/v2\/(.+)\/blobs\/uploads\/?([^/]*)$/],
  ['blob', /^\/v2\/(.+)\/blobs\/([^/]+)$/],
  ['manifest', /^\/v2\/(.+)\/manifests\/([^/]+)$/],
  ['tags', /^\/v2\/(.+)\/tags\/(list)$/],
]

/** Names hold slashes, so the words of the API are looked for from the end. */
export const routeOf = (path: string): Route => {
  for (const [kind, form] of forms) {
    const [, name, reference] = form.exec(path) ?? []
    if (name !== undefined && reference !== undefined) return { kind, name, reference: decoded(reference) }
  }
  return { kind: 'unknown', name: '', reference: '' }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
