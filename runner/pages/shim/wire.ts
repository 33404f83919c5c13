import type { Socket } from 'node:net'

/** Texts that each end with a NUL, both ways. */
export class Wire {
  readonly #socket: Socket
  #rest = Buffer.alloc(0)
  #closed = false
  #wake: (() => void) | null = null

  constructor(socket: Socket) {
    this.#socket = socket
    const wake = () => this.#wake?.()
    socket.on('data', bytes => {
      this.#rest = Buffer.concat([this.#rest, bytes])
      wake()
    })
    const end = () => {
      this.#closed = true
      wake()
    }
    socket.on('end', end)
    socket.on('error', end)
    socket.on('close', end)
  }

  give(...texts: string[]): void {
    this.#socket.write(texts.map(text => `${text.replaceAll('\0', '')}\0`).join(''))
  }

  /** @throws Error when the other side has gone */
  async take(): Promise<string> {
    for (;;) {
      const end = this.#rest.indexOf(0)
      if (end >= 0) {
        const text = this.#rest.toString('utf8', 0, end)
        this.#rest = this.#rest.subarray(end + 1)
        return text
      }
      if (this.#closed) throw new Error('the other side has gone')
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  async takeMany(count: number): Promise<string[]> {
    const texts: string[] = []
    while (texts.length < count) texts.push(await this.take())
    return texts
  }
}
