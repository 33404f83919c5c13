#!/usr/bin/env bash
# Every lab by the road to AWS, at the timings that are shipped: `--target aws` at an endpoint where changes take seconds to spread, and answers waver meanwhile.
# Needs a built dist/ and jq. Some four minutes, nearly all of them waiting. $1: how long a change takes, 3s
set -euo pipefail
lab="$(cd "$(dirname "$0")/.." && pwd)/dist/lab.js"
work=$(mktemp -d)
trap 'cd "$work" && node "$lab" sandbox stop > /dev/null || true; rm -rf "$work"' EXIT
for name in $(env | sed -n 's/^\(AWS_[A-Z_0-9]*\|LAB_[A-Z_0-9]*\)=.*/\1/p'); do unset "$name"; done
export HOME="$work"
cp -r "$(dirname "$lab")/../labs" "$work/labs"
# The shipped catalogue, with the partner's profile as the sandbox calls it.
sed 's/profile: partner-account/profile: partner/' "$(dirname "$lab")/../labs.yaml" > "$work/labs.yaml"
cd "$work"
node "$lab" sandbox start --propagation "${1:-3s}" --flap > /dev/null
export AWS_SHARED_CREDENTIALS_FILE="$work/.lab/sandbox/credentials" LAB_AWS_ACCOUNTS=111122223333,444455556666
endpoint=$(node "$lab" sandbox status --json | jq -r .endpoint)
node "$lab" run --all --teardown --target aws --endpoint-url "$endpoint" --profile sandbox --yes --parallel 8 --json > report.json || {
  jq -r '.labs[] | .id as $lab | .steps[] | select(.status != "passed") | "\($lab)/\(.id): \(.status) \(.actual // "")"' report.json
  exit 1
}
jq -e '
  ([.labs[].steps[]] | length) as $steps
  | (.leftovers == []) and ([.labs[] | select(.status != "passed")] == []) and ($steps > 200)
' report.json > /dev/null || { jq -c '{leftovers, labs: [.labs[] | {id, status}]}' report.json; exit 1; }
jq -r '"aws path: \([.labs[].steps[]] | length) steps as expected, nothing left"' report.json
