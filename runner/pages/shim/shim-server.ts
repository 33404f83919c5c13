import { randomBytes } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { shimScript } from './shim-script.ts'
import { Wire } from './wire.ts'

/** A call of the aws CLI, before it is sent. */
export interface ShimRequest {
  args: string[]
  /** The folder that the call is made in. */
  cwd: string
  /** AWS_PROFILE and AWS_ACCESS_KEY_ID of its environment; '' where they are not set. */
  profile: string
  accessKeyId: string
}

export interface Sent {
  code: number
  stdout: string
  stderr: string
}

export interface ShimExchange {
  /** Has the call sent by the real CLI, with more arguments after its own. Once. */
  go(more: readonly string[]): Promise<Sent>
  /** Account and ARN of whoever makes the call; null: they cannot be had. */
  who(profile: string): Promise<{ account: string; arn: string } | null>
}

/** exec: the real CLI takes over. say: this is the answer, nothing is sent. sent: by `go`, and written down. */
export type ShimReply = { verb: 'exec' } | ({ verb: 'say' } & Sent) | { verb: 'sent' }

export type Answer = (request: ShimRequest, exchange: ShimExchange) => Promise<ShimReply>

/** The run's side of the `aws` that a page's shell finds: on loopback, for those who know the token. */
export class ShimServer {
  readonly #server: Server
  readonly #token = randomBytes(16).toString('hex')
  readonly #answer: Answer
  readonly #folder: string

  private constructor(server: Server, folder: string, answer: Answer) {
    this.#server = server
    this.#folder = folder
    this.#answer = answer
    server.on('connection', socket => void this.#serve(socket))
  }

  /** Puts the shim in a folder, and waits for its calls. */
  static async start(folder: string, real: string, answer: Answer): Promise<ShimServer> {
    const bin = join(folder, 'bin')
    await mkdir(bin, { recursive: true, mode: 0o700 })
    await writeFile(join(bin, 'aws'), shimScript(real))
    await chmod(join(bin, 'aws'), 0o700)
    const server = createServer()
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    server.unref()
    return new ShimServer(server, folder, answer)
  }

  /** For the shell: where the shim is, and how it finds the run. */
  get environment(): { bin: string; variables: Record<string, string> } {
    const { port } = this.#server.address() as AddressInfo
    return {
      bin: join(this.#folder, 'bin'),
      variables: { LAB_SHIM_PORT: String(port), LAB_SHIM_TOKEN: this.#token, LAB_SHIM_FOLDER: this.#folder },
    }
  }

  close(): void {
    this.#server.close()
  }

  async #serve(socket: Socket): Promise<void> {
    const wire = new Wire(socket)
    try {
      if ((await wire.take()) !== this.#token) return
      const [cwd, profile, accessKeyId] = [await wire.take(), await wire.take(), await wire.take()]
      const args = await wire.takeMany(Number(await wire.take()))
      const reply = await this.#answer({ args, cwd, profile, accessKeyId }, exchangeOn(wire))
      if (reply.verb === 'exec') wire.give('exec')
      else if (reply.verb === 'say') wire.give('say', String(reply.code), reply.stdout, reply.stderr)
      else wire.give('done')
    } catch {
      // The shim went away, or was told to by the end of the run: it refuses its call by itself.
    } finally {
      socket.end()
    }
  }
}

const exchangeOn = (wire: Wire): ShimExchange => ({
  async go(more) {
    wire.give('go', String(more.length), ...more)
    const [code, stdout, stderr] = [await wire.take(), await wire.take(), await wire.take()]
    return { code: Number(code), stdout, stderr }
  },
  async who(profile) {
    wire.give('who', profile)
    const [account = '', arn = ''] = (await wire.take()).split(/\s+/)
    return arn.startsWith('arn:') ? { account, arn } : null
  },
})
