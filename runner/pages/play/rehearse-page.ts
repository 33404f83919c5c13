import type { Emit } from '../../engine/events.ts'
import type { PlannedLab } from '../../engine/plan.ts'
import type { Stage } from '../../engine/stage.ts'
import { changeThisMachine, withOwnTemporaryFiles } from './changes-this-machine.ts'
import { pageKind } from './page-lab.ts'
import type { PageShell } from './page-shell.ts'
import { pageVariables } from './page-variables.ts'
import { titleOf } from './play-command.ts'
import type { PageToPlay } from './play-page.ts'
import { notRun } from './rehearsal-path.ts'

export interface Rehearsal {
  /** Whose `aws` sends nothing. */
  shell: PageShell
  stage: Stage
  planned: PlannedLab
  emit: Emit
}

/** A dry run of a page: its commands run in a shell that finds only what changes nothing, and each call is told. */
export async function rehearsePage(
  { page: written, env }: PageToPlay,
  { shell, stage, planned, emit }: Rehearsal,
): Promise<void> {
  await shell.session.run(pageVariables(stage, planned, env), 10_000)
  const page = withOwnTemporaryFiles(written)
  const left = changeThisMachine(page)
  const steps = planned.lab.groups.flat()
  for (const [index, command] of page.commands.filter(({ mode }) => mode !== 'skip').entries()) {
    const step = steps[index]
    if (!step) break
    emit({ type: 'step', lab: planned.lab.id, step: step.id, kind: pageKind, title: titleOf(command.text), as: null })
    shell.calls.current = { planned, step }
    if (left.has(command)) {
      emit({ type: 'note', text: `not run in a dry run: ${titleOf(command.text)}` })
      continue
    }
    const { stderr } = await shell.session.run(command.text, 60_000)
    for (const [, line] of stderr.matchAll(notRun))
      if (line) emit({ type: 'note', text: `not run in a dry run: ${line}` })
  }
}
