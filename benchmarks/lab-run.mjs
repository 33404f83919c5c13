// The cold run of a lab against the same work by `aws` commands on the same sandbox: the page's commands and the set-up's, layer uploads included.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pair, time } from './measure.mjs'
import { sdkBundle } from './sdk-bundle.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const lab = join(root, 'dist/lab.js')

export const name = 'a lab'

const setUp = `
set -euo pipefail
cd "$(mktemp -d)"
head -c 200 /dev/zero > config; head -c 1500 /dev/zero > layer
push() {
  for blob in config layer; do
    digest=sha256:$(sha256sum $blob | cut -d' ' -f1)
    id=$(aws ecr initiate-layer-upload --repository-name $1 --query uploadId --output text)
    last=$(($(stat -c %s $blob) - 1))
    aws ecr upload-layer-part --repository-name $1 --upload-id $id --part-first-byte 0 --part-last-byte $last --layer-part-blob fileb://$blob >/dev/null
    aws ecr complete-layer-upload --repository-name $1 --upload-id $id --layer-digests $digest >/dev/null
  done
  c=$(sha256sum config | cut -d' ' -f1); l=$(sha256sum layer | cut -d' ' -f1)
  aws ecr put-image --repository-name $1 --image-tag v1 --image-manifest-media-type application/vnd.oci.image.manifest.v1+json --image-manifest '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:'$c'","size":200},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"sha256:'$l'","size":1500}]}' >/dev/null
}
aws ecr create-repository --repository-name team-a/alpine >/dev/null
aws ecr create-repository --repository-name team-b/alpine >/dev/null
push team-a/alpine
push team-b/alpine
`

const workplace = () => {
  const folder = mkdtempSync(join(tmpdir(), 'accesslab-bench-'))
  cpSync(join(root, 'labs'), join(folder, 'labs'), { recursive: true })
  cpSync(join(root, 'labs.yaml'), join(folder, 'labs.yaml'))
  return folder
}

export const run = () => {
  const folder = workplace()
  const bundle = sdkBundle()
  const node = (...args) => time([process.execPath, lab, ...args], { cwd: folder })
  const cold = () => rmSync(join(folder, '.lab'), { recursive: true, force: true })
  const coldRun = () => {
    cold()
    return node('run', 'identity-policies')
  }
  try {
    return [againstImport(coldRun, bundle), againstCommands(folder, coldRun, cold, node)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
    rmSync(dirname(bundle), { recursive: true, force: true })
  }
}

const againstImport = (coldRun, bundle) => {
  const { a, b, ratio } = pair(coldRun, () => time([process.execPath, bundle]), 9)
  const against = 'the import of the three SDK clients in one bundle'
  return { what: 'lab run identity-policies, cold', ms: a, against, againstMs: b, ratio, aim: '<= 2.5' }
}

const againstCommands = (folder, coldRun, cold, node) => {
  const what = 'lab run identity-policies, times faster'
  if (spawnSync('aws', ['--version']).status !== 0) return { what, skipped: 'no aws CLI' }
  const script = join(folder, 'by-hand.sh')
  const page = join(root, 'tests/acceptance/page-001.sh')
  // The page ends with the call that is denied, so its own status is 254 or 255.
  writeFileSync(script, `${setUp}\nbash ${page} || true\n`)
  const byHand = () => {
    cold()
    return node('sandbox', 'exec', '--', 'bash', script)
  }
  const { a, b, ratio } = pair(coldRun, byHand, 3)
  return {
    what,
    ms: a,
    against: 'the same by aws commands on the same sandbox',
    againstMs: b,
    ratio: 1 / ratio,
    aim: '>= 25',
  }
}
