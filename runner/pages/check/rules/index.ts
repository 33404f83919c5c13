import type { Rule } from '../../../check/rule.ts'
import type { CheckedPages } from '../checked-pages.ts'
import { pageHiddenFailure } from './page-hidden-failure.ts'
import { pageLabLacks } from './page-lab-lacks.ts'
import { pageOverwrittenFile } from './page-overwritten-file.ts'
import { pageUnmadeName } from './page-unmade-name.ts'
import { pageUnquotedVariable } from './page-unquoted-variable.ts'
import { pageUnsetVariable } from './page-unset-variable.ts'

/** Every rule about pages. A test compares it with the folder. */
export const pageRules: readonly Rule<CheckedPages>[] = [
  pageHiddenFailure,
  pageLabLacks,
  pageOverwrittenFile,
  pageUnmadeName,
  pageUnquotedVariable,
  pageUnsetVariable,
]
