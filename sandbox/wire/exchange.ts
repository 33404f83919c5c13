/** An HTTP request, read whole. Header names are in lower case; a repeated header's values are joined by `,`. */
export interface HttpRequest {
  method: string
  /** As it was sent, percent-encoding included, without the query. */
  path: string
  /** Without the `?`. */
  query: string
  headers: Readonly<Record<string, string>>
  body: Buffer
  sourceIp: string
}

export interface HttpAnswer {
  status: number
  headers: Record<string, string>
  body: string
  /** A file to send in place of `body`; `headers` tell its length. */
  file?: string
  /** A fault on purpose: the connection ends before the answer, or in its middle. */
  cut?: 'reset' | 'truncate'
}
