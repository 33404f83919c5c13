import type { Lab } from '../../definition/index.ts'
import { checkedPages } from '../check/checked-pages.ts'
import type { Page } from '../parse/page.ts'
import { DraftNames } from './draft-names.ts'
import { draftSteps } from './draft-steps.ts'
import { labText } from './lab-text.ts'

export interface Draft {
  /** Text by path inside the lab's folder. */
  files: Readonly<Record<string, string>>
  /** What of the page no step stands for: `line 12: docker push ...`. */
  left: readonly string[]
}

export interface ToDraft {
  id: string
  page: Page
  /** How the lab names the document it comes from. */
  source: string
  /** The labs that come before, with all that they need, what is needed first. */
  needed: readonly Lab[]
  /** Of these, the ones that the lab itself names. */
  needs: readonly string[]
  env: Readonly<Record<string, string>>
}

/** A lab that does what a page does, as far as its calls are those of step kinds, and expects what the page shows. A draft: an author looks it over. */
export async function draftLab({ id, page, source, needed, needs, env }: ToDraft): Promise<Draft> {
  const { things, trace } = await checkedPages([{ page, needed, env }])
  const names = new DraftNames(things.made, needed)
  const { steps, documents, left } = draftSteps({ things, trace, names })
  const lab = labText({ id, title: page.title, source, needs, names: names.own, steps, left })
  const readme = `# ${page.title}\n\nDrafted from ${source}.\n`
  return {
    files: { 'lab.yaml': lab, 'README.md': readme, ...documents },
    left,
  }
}
