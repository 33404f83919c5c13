import { resolveTemplates } from '../../definition/index.ts'
import type { PlannedLab } from '../../engine/plan.ts'
import type { Stage } from '../../engine/stage.ts'

/** The commands that give a page's shell what the labs before it give to a participant, and what the page itself says in `env`. */
export function pageVariables(stage: Stage, planned: PlannedLab, env: Readonly<Record<string, string>>): string {
  const scope = stage.scope(planned)
  const given = planned.needed.flatMap(lab =>
    Object.entries(lab.env).map(([name, value]) => [name, String(resolveTemplates(value, scope))]),
  )
  return Object.entries({ ...Object.fromEntries(given), ...env })
    .map(([name, value]) => `export ${name}='${String(value).replaceAll("'", `'\\''`)}'`)
    .join('\n')
}
