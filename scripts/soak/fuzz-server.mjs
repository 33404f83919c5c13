// The server under fire, in a process of its own: `fuzz-server.mjs BUNDLE DIRECTORY`. Tells its parent how much memory it holds when asked.
import { pathToFileURL } from 'node:url'

const [bundle, directory] = process.argv.slice(2)
const { startSandbox } = await import(pathToFileURL(bundle).href)
const sandbox = await startSandbox({ directory })
process.send({ port: sandbox.port, region: sandbox.region, credentials: sandbox.accounts[0].admin })
process.on('message', () => {
  globalThis.gc()
  const { rss, heapUsed } = process.memoryUsage()
  process.send({ rss, heapUsed })
})
