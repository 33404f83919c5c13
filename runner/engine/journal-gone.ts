import { LabError } from '../lab-error.ts'

/** The journal of a run under way that is no longer where it was: what the run made until then is in no file any more. */
export const journalGone = (file: string): LabError =>
  new LabError(
    4,
    'journal',
    `${file} is gone: what its run made until now is not known any more`,
    'put it back if you have it, then lab teardown; else lab teardown --orphans finds by their tags what the run made',
  )
