import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readProfileFile } from '../../profiles/profile-file.ts'
import { readProfile, setProfile } from '../../profiles/profile-text.ts'

const profileNames = (text: string): string[] => [...text.matchAll(/^\[([^\]\n]+)\]/gm)].map(([, name = '']) => name)

/** Files that a reader has already, and what of them no command may take away. */
const readers: Readonly<Record<string, string>> = {
  '.aws/credentials': '[profile-of-the-reader]\nregion = us-east-1\n',
  '.aws/config': '[profile reader]\nregion = us-east-1\n',
  '.bashrc': '# line of the reader\n',
  '.bash_profile': '# line of the reader\n',
  '.profile': '# line of the reader\n',
  '.zshrc': '# line of the reader\n',
  '.gitconfig': '[user]\n\tname = reader\n',
}

/** The home of a page's shell: a folder of its own, with what a reader has in his, so that it shows when that is overwritten. */
export class Scratch {
  readonly folder: string
  readonly home: string
  readonly #whole = new Set(Object.keys(readers))

  private constructor(folder: string) {
    this.folder = folder
    this.home = join(folder, 'home')
  }

  static async make(folder: string): Promise<Scratch> {
    const scratch = new Scratch(folder)
    await mkdir(join(scratch.home, '.aws'), { recursive: true, mode: 0o700 })
    await mkdir(join(folder, 'tmp'), { recursive: true, mode: 0o700 })
    await Promise.all(
      Object.entries(readers).map(([name, text]) => writeFile(join(scratch.home, name), text, { mode: 0o600 })),
    )
    return scratch
  }

  /** Gives the shell the profiles of a credentials file that it has not yet: those that the labs before made. */
  async addProfiles(credentialsFile: string): Promise<void> {
    const own = join(this.home, '.aws', 'credentials')
    const [made, there] = await Promise.all([readProfileFile(credentialsFile), readProfileFile(own)])
    let text = there
    for (const name of profileNames(made))
      if (readProfile(text, name) === null) text = setProfile(text, name, readProfile(made, name) ?? [])
    if (text !== there) await writeFile(own, text, { mode: 0o600 })
  }

  /** The reader's files that have lost what was in them since this was last asked: `~/.aws/credentials`. */
  async overwritten(): Promise<string[]> {
    const lost: string[] = []
    for (const name of this.#whole) {
      const text = await readFile(join(this.home, name), 'utf8').catch(() => '')
      const [line = ''] = (readers[name] ?? '').split('\n')
      if (text.includes(line)) continue
      this.#whole.delete(name)
      lost.push(`~/${name}`)
    }
    return lost
  }

  /** The secrets of the profiles that a page wrote. */
  async secrets(): Promise<string[]> {
    const text = await readFile(join(this.home, '.aws', 'credentials'), 'utf8').catch(() => '')
    return [...text.matchAll(/^\s*(?:aws_secret_access_key|aws_session_token)\s*=\s*(\S+)/gm)].flatMap(
      ([, value]) => value ?? [],
    )
  }

  /** It held secrets: nothing of it stays. */
  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true })
  }
}
