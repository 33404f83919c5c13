export { checkReferences } from './check-references.ts'
export { checkTemplates } from './check-templates.ts'
export { builtInIdentities, type DefinitionContext } from './definition-context.ts'
export { DefinitionError, type Problem } from './definition-error.ts'
export { isFileDocument } from './file-document.ts'
export type { Catalogue, FileDocument, Guard, Lab, PageEntry, Place, Step, TemplateUse, Timings } from './lab.ts'
export { findCatalogue, labFile, loadCatalogue } from './load-catalogue.ts'
export { type InspectedLabs, inspectLabs, type LoadOptions, loadLab, loadLabs } from './load-labs.ts'
export { didYouMean, nearestName } from './nearest-name.ts'
export { visibleNames, visibleVars } from './needs.ts'
export {
  type OperationShape,
  type OperationTable,
  type OutputShape,
  operationOf,
  operationTable,
} from './operations.ts'
export { type ReadLab, readLab, readLabText } from './read-lab.ts'
export { resolveTemplates, type Scope } from './resolve-templates.ts'
export { documentsIn } from './template-uses.ts'
