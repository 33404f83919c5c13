#!/usr/bin/env bash
# What a stranger gets: the packed tarball, installed with its dependencies outside of the checkout, makes and tests a lab in an empty folder.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm pack --silent --pack-destination "$work" >/dev/null
mkdir "$work/empty"
npm install --silent --no-audit --no-fund --prefer-offline --prefix "$work/installed" "$work"/accesslab-*.tgz
export PATH="$work/installed/node_modules/.bin:$PATH"
cd "$work/empty"
lab init demo && lab run demo && lab selftest demo
[[ $(accesslab --version) == "$(node -p "require('$work/installed/node_modules/accesslab/package.json').version")" ]]
