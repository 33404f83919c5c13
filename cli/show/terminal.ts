import type { Output } from '../world.ts'
import type { Paper } from './paper.ts'
import { plainShow, type Show, type ShowOptions } from './plain.ts'

export const terminalShow = (paper: Paper, _output: Output, options: ShowOptions): Show => plainShow(paper, options)
