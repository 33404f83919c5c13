import { type Catalogue, loadLabs, resolveTemplates, visibleNames, visibleVars } from '../../runner/definition/index.ts'
import { stepKinds } from '../../runner/steps/index.ts'

/** `env:` of every lab of the catalogue, filled in: ECR_REPO_A=team-a/alpine. A later lab's wins. Throws as loadLabs does. */
export async function labVariables(
  catalogue: Catalogue,
  place: { account: string; region: string },
  env: Readonly<Record<string, string | undefined>>,
): Promise<Record<string, string>> {
  const labs = await loadLabs(catalogue, catalogue.labs, stepKinds)
  return Object.assign(
    {},
    ...labs.map(lab => {
      const needs = needsOf(lab.id, labs)
      const needed = labs.filter(each => needs.has(each.id))
      const scope = {
        names: visibleNames(lab, needed),
        vars: visibleVars(lab, needed),
        steps: {},
        run: { id: '', suffix: '' },
        identities: {},
        env,
        ...place,
      }
      return Object.fromEntries(
        Object.entries(lab.env).map(([name, value]) => [name, String(resolveTemplates(value, scope))]),
      )
    }),
  )
}

/** All that a lab needs, directly and further on. */
function needsOf(id: string, labs: readonly { id: string; needs: readonly string[] }[]): Set<string> {
  const found = new Set<string>()
  const visit = (each: string) => {
    for (const need of labs.find(lab => lab.id === each)?.needs ?? []) {
      if (found.has(need)) continue
      found.add(need)
      visit(need)
    }
  }
  visit(id)
  return found
}
