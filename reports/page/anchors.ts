const asId = (text: string): string => text.replace(/[^\w.-]/g, letter => `_${letter.codePointAt(0)?.toString(16)}_`)

/** Ids of the page: a lab's, and a step's in it. */
export const labAnchor = (lab: string): string => `lab-${asId(lab)}`

export const stepAnchor = (lab: string, step: string): string => `step-${asId(lab)}/${asId(step)}`
