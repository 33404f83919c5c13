export type { OutputBlock, Page, PageCommand } from './parse/page.ts'
export { readPage } from './parse/read-page.ts'
