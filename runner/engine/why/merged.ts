import type { DocumentEdit, Edit } from './edit.ts'

const samePolicy = (a: DocumentEdit, b: DocumentEdit): boolean =>
  a.policyType === b.policyType && a.policy === b.policy && a.policyArn === b.policyArn

/** One edit for a statement that is put in and then widened, where nothing else is done to its policy in between. */
export function merged(edits: readonly Edit[]): Edit[] {
  const result: Edit[] = []
  for (const edit of edits) {
    const at =
      edit.edit === 'document' ? result.findLastIndex(each => each.edit === 'document' && samePolicy(each, edit)) : -1
    const former = result[at]
    const isPart =
      edit.edit === 'document' &&
      former?.edit === 'document' &&
      former.index === null &&
      edit.kind === 'widen' &&
      JSON.stringify(former.after) === JSON.stringify(edit.before)
    if (isPart) result[at] = { ...former, after: edit.after, document: edit.document }
    else result.push(edit)
  }
  return result
}
