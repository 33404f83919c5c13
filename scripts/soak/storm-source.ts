export { startSandbox } from '../../sandbox/index.ts'
export { randomFrom } from '../../sandbox/random.ts'
