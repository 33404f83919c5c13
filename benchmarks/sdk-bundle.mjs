// The floor of everything that talks to AWS: the three SDK clients in one bundle, minified as ours are, imported and nothing else.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

/** Makes it. @returns its file */
export const sdkBundle = () => {
  const outfile = join(mkdtempSync(join(tmpdir(), 'accesslab-sdk-')), 'sdk.mjs')
  buildSync({
    stdin: {
      contents: ['ecr', 'iam', 'sts'].map(name => `export * as ${name} from '@aws-sdk/client-${name}'`).join('\n'),
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
    },
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  })
  return outfile
}
