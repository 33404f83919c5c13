import { isFileDocument, resolveTemplates, type Step } from '../../definition/index.ts'
import { withoutTemplates } from '../../definition/template.ts'
import type { PlannedLab } from '../plan.ts'
import type { Stage } from '../stage.ts'

/** A policy document of a lab. */
export interface LabDocument {
  step: Step
  /** Relative to the working folder: the document's own file, or the lab's where it is written there. */
  file: string
  /** The text in the file, each template replaced by digits of its length; null where it is written in the lab itself. */
  written: string | null
  /** Line of the step, for a document written in the lab itself. */
  line: number
  /** JSON, templates filled in. */
  text: string
  /** What the step makes, `ecr_access_testing`: the policy bears this name. */
  makes: string | null
}

/** Every policy document of the labs that can be filled in from what is known. */
export function labDocuments(stage: Stage, planned: readonly PlannedLab[]): LabDocument[] {
  return planned.flatMap(each =>
    each.lab.groups.flat().flatMap(step =>
      documents(step.fields).flatMap(found => {
        const text = filled(stage, each, found)
        if (text === null) return []
        const own = isFileDocument(found) ? found : null
        return {
          step,
          file: stage.shown(own?.file ?? step.place.file),
          written: own && withoutTemplates(own.text),
          line: step.place.line,
          text,
          makes: madeBy(stage, each, step),
        }
      }),
    ),
  )
}

/** Values that hold statements: a document from a file, one in YAML, or one as text. */
function documents(value: unknown): unknown[] {
  if (isFileDocument(value)) return [value]
  if (typeof value === 'string') return /^\s*\{/.test(value) && value.includes('"Statement"') ? [value] : []
  if (Array.isArray(value)) return value.flatMap(documents)
  if (typeof value !== 'object' || value === null) return []
  return 'Statement' in value ? [value] : Object.values(value).flatMap(documents)
}

function filled(stage: Stage, planned: PlannedLab, document: unknown): string | null {
  try {
    const value = resolveTemplates(document, stage.scope(planned))
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    JSON.parse(text)
    return text
  } catch {
    return null
  }
}

function madeBy(stage: Stage, planned: PlannedLab, step: Step): string | null {
  try {
    const { prepared } = stage.prepare(planned, step)
    return prepared.resource(stage.context(planned, null).place)?.name ?? null
  } catch {
    return null
  }
}
