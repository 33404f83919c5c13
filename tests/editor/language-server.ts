import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../repository/source-files.ts'

interface Position {
  line: number
  character: number
}

interface Message {
  id?: number
  method?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
}

export interface Diagnostic {
  message: string
  severity: number
  range: { start: Position; end: Position }
}

export interface LanguageServer {
  /** Opens a text as the file of this path in the checkout; gives what the server says against it. */
  open(path: string, text: string): Promise<Diagnostic[]>
  /** Labels of what it would complete at a position of an open file. */
  complete(path: string, position: Position): Promise<string[]>
  /** The text shown over a position; '' for none. */
  hover(path: string, position: Position): Promise<string>
  close(): Promise<void>
}

const settings = {
  yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false }, schemas: {} },
}

const uriOf = (path: string): string => pathToFileURL(join(root, path)).href

/** The language server that VS Code's YAML extension runs, over stdio as an editor talks to it; nothing is asked of the network. */
export async function startLanguageServer(): Promise<LanguageServer> {
  const bin = join(root, 'node_modules/yaml-language-server/bin/yaml-language-server')
  const child = spawn(process.execPath, [bin, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  const told = new Map<string, (found: Diagnostic[]) => void>()
  let last = 0

  const send = (message: Message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }
  const ask = (method: string, params: unknown): Promise<unknown> => {
    last += 1
    const id = last
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      send({ id, method, params })
    })
  }
  const answer = (message: Message) => {
    const { id, method, params, result, error } = message
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { uri: string; diagnostics: Diagnostic[] }
      told.get(uri)?.(diagnostics)
    } else if (method !== undefined && id !== undefined) {
      const items = (params as { items?: { section?: string }[] } | undefined)?.items ?? []
      send({ id, result: items.map(({ section }) => (section === 'yaml' ? settings.yaml : null)) })
    } else if (id !== undefined) {
      if (error) waiting.get(id)?.reject(new Error(error.message))
      else waiting.get(id)?.resolve(result)
      waiting.delete(id)
    }
  }
  child.stdout.on('data', messagesOf(answer))
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()))

  await ask('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: {
      textDocument: { hover: { contentFormat: ['markdown'] }, completion: { completionItem: {} } },
      workspace: { configuration: true },
    },
  })
  send({ method: 'initialized', params: {} })
  send({ method: 'workspace/didChangeConfiguration', params: { settings } })
  const at = (path: string, position: Position) => ({ textDocument: { uri: uriOf(path) }, position })
  return {
    open: (path, text) =>
      new Promise(resolve => {
        told.set(uriOf(path), resolve)
        const textDocument = { uri: uriOf(path), languageId: 'yaml', version: 1, text }
        send({ method: 'textDocument/didOpen', params: { textDocument } })
      }),
    complete: async (path, position) => {
      const found = (await ask('textDocument/completion', at(path, position))) as { items: { label: string }[] }
      return found.items.map(({ label }) => label)
    },
    hover: async (path, position) => {
      const found = (await ask('textDocument/hover', at(path, position))) as { contents?: { value?: string } } | null
      return found?.contents?.value ?? ''
    },
    close: async () => {
      await ask('shutdown', null)
      send({ method: 'exit' })
      child.stdin.end()
      await ended
    },
  }
}

/** Takes messages out of the stream: a header with the length, an empty line, the body. */
function messagesOf(take: (message: Message) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0)
  return chunk => {
    rest = Buffer.concat([rest, chunk])
    for (;;) {
      const end = rest.indexOf('\r\n\r\n')
      const length = end < 0 ? null : /Content-Length: (\d+)/i.exec(rest.subarray(0, end).toString())?.[1]
      if (!length || rest.length < end + 4 + Number(length)) return
      take(JSON.parse(rest.subarray(end + 4, end + 4 + Number(length)).toString()))
      rest = rest.subarray(end + 4 + Number(length))
    }
  }
}
