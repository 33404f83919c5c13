import { dirname, join } from 'node:path'
import type { Finding } from '../../check/finding.ts'
import type { LabPlayer } from '../../engine/options.ts'
import type { PageShell } from './page-shell.ts'
import { openShell, openShellToRehearse } from './page-shell.ts'
import { type PageToPlay, playPage } from './play-page.ts'
import { rehearsePage } from './rehearse-page.ts'

export interface PagePlayersOptions {
  /** What the rules find in the pages: said beside what the run finds. */
  findings: readonly Finding[]
  /** true: output blocks that say what no longer comes are rewritten. */
  update: boolean
  /** `.lab`: where a dry run has its home. */
  labFolder: string
}

/** The pages of a run: one shell for all of them, from the first command to the end of the run. */
export class PagePlayers {
  #shell: Promise<PageShell> | null = null
  readonly #options: PagePlayersOptions

  constructor(options: PagePlayersOptions) {
    this.#options = options
  }

  player(played: PageToPlay): LabPlayer {
    const { page } = played
    return {
      things: page.commands.filter(({ text, mode }) => mode !== 'skip' && /\baws\s+\w+\s+create-/.test(text)).length,
      play: async (stage, planned, options) => {
        const folder = join(dirname(stage.options.credentialsFile), 'page')
        this.#shell ??= openShell(stage, planned, options.journal, folder)
        const shell = await this.#shell
        shell.outside.add(page)
        await shell.scratch.addProfiles(stage.options.credentialsFile)
        return playPage(played, { shell, stage, planned, options, ...this.#options })
      },
      rehearse: async (stage, planned, emit) => {
        const folder = join(this.#options.labFolder, `rehearsal-${process.pid}`)
        this.#shell ??= openShellToRehearse(stage, planned, emit, folder)
        const shell = await this.#shell
        await rehearsePage(played, { shell, stage, planned, emit })
      },
    }
  }

  /** Ends the shell, and takes away its home and what the pages wrote beside it. */
  async close(): Promise<void> {
    await (await this.#shell?.catch(() => null))?.close()
  }
}
