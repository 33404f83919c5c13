#!/usr/bin/env bash
# The main job as a stranger meets it: a fresh clone, an empty HOME, no AWS variable, the commands of the README, the real aws CLI.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home"
for name in $(env | sed -n 's/^\(AWS_[A-Z_0-9]*\|LAB_[A-Z_0-9]*\)=.*/\1/p'); do unset "$name"; done
npm_cache=${npm_config_cache:-$(npm config get cache)}
export HOME="$work/home" npm_config_cache="$npm_cache"
# A credentials file of the person's own: nothing may touch it.
mkdir "$HOME/.aws" && printf '[default]\naws_access_key_id = AKIAEXAMPLEEXAMPLE00\naws_secret_access_key = not-a-real-secret\n' > "$HOME/.aws/credentials"
before=$(sha256sum "$HOME/.aws/credentials")

say() { printf '\n-- %s\n' "$*"; }
fail() { printf 'acceptance: %s\n' "$*" >&2; exit 1; }
# expect CODE TEXT COMMAND...: exit code and a fixed text of stdout and stderr together ('' for any).
expect() {
  local code=$1 text=$2 out status=0
  shift 2
  out=$("$@" 2>&1) || status=$?
  [ "$status" = "$code" ] || { printf '%s\n' "$out"; fail "exit $status, not $code: $*"; }
  case "$out" in *"$text"*) ;; *) printf '%s\n' "$out"; fail "no \"$text\" in: $*" ;; esac
}

say 'a fresh clone, installed as the README says'
git clone --quiet "$root" "$work/clone"
cd "$work/clone"
npm ci --silent --no-audit

say 'identity-policies, every step in order, and the sentence for team-b'
expect 0 'because no identity-based policy allows the ecr:ListImages action' npx lab run identity-policies
say 'repository-policies on top of it'
expect 0 'with an explicit deny in a resource-based policy' npx lab run repository-policies
say 'verify: full points, nothing changed'
npx lab verify identity-policies repository-policies ecr-repositories --json > "$work/verify.json"
jq -e '.exitCode == 0 and ([.labs[] | .points == .maxPoints] | all) and ([.labs[].maxPoints] | add) > 0' "$work/verify.json" > /dev/null || fail 'verify has not full points'
say 'a second run, then nothing left'
expect 0 'replacing what an earlier run left of repository-policies' npx lab run repository-policies
expect 0 'nothing left' npx lab teardown
expect 0 'nothing is left' npx lab status
say 'one JSON document, schemaVersion 1, nothing left'
npx lab run repository-policies --teardown --json > "$work/run.json" 2> "$work/run.err"
jq -e '.schemaVersion == 1 and .exitCode == 0 and .leftovers == [] and (.labs | length) == 3' "$work/run.json" > /dev/null || fail 'the report is not as it should be'
expect 0 'nothing is left' npx lab status

say 'the real aws CLI, page 001 and page 000 as typed there'
aws --version
expect 0 '' npx lab run ecr-repositories
npx lab sandbox exec -- bash "$root/tests/acceptance/page-001.sh" > "$work/001" 2>&1 || true
sed -n '/== 9/,/== 10/p' "$work/001" | grep -q '"imageTag": "v1"' || { cat "$work/001"; fail 'page 001 step 9'; }
sed -n '/== 10/,$p' "$work/001" | tr '\n' ' ' | grep -q 'AccessDeniedException) when calling the ListImages operation: User: arn:aws:sts::111122223333:assumed-role/ecr_access_teama_role/ECR-Access-Testing is not authorized to perform: ecr:ListImages on resource: arn:aws:ecr:us-west-2:111122223333:repository/team-b/alpine because no identity-based policy allows the ecr:ListImages action' || { cat "$work/001"; fail 'page 001 step 10'; }
npx lab sandbox exec -- bash "$root/tests/acceptance/page-000.sh" > "$work/000" 2>&1 || true
sed -n '/== 5/,/== 6/p' "$work/000" | grep -q 'with an explicit deny in a resource-based policy' || { cat "$work/000"; fail 'page 000 step 5'; }
sed -n '/== 6/,$p' "$work/000" | grep -q '"imageTag": "v1"' || { cat "$work/000"; fail 'page 000 step 6'; }
expect 0 '' npx lab sandbox exec -- aws ecr list-images --repository-name team-a/alpine
rm -f /tmp/ecrTester.json
[ "$(sha256sum "$HOME/.aws/credentials")" = "$before" ] || fail 'the real ~/.aws/credentials changed'

say 'the same path against an endpoint of any kind: --target aws --endpoint-url, guarded'
npx lab sandbox reset > /dev/null
npx lab sandbox start > /dev/null
endpoint=$(npx lab sandbox status --json | jq -r .endpoint)
export AWS_SHARED_CREDENTIALS_FILE="$work/clone/.lab/sandbox/credentials"
expect 5 'no account is allowed' npx lab run identity-policies --target aws --endpoint-url "$endpoint" --profile sandbox
LAB_AWS_ACCOUNTS=111122223333 expect 0 'because no identity-based policy' npx lab run identity-policies --target aws --endpoint-url "$endpoint" --profile sandbox --yes --teardown
unset AWS_SHARED_CREDENTIALS_FILE
npx lab sandbox stop > /dev/null

say 'secrets: nowhere but in the profile file'
npx lab sandbox reset > /dev/null
npx lab run identity-policies -v > "$work/out" 2> "$work/err"
profile=$(find .lab/runs -name credentials | head -n 1)
for secret in $(sed -n 's/^aws_s[a-z_]* = //p' "$profile"); do
  if grep -rlF -- "$secret" "$work/out" "$work/err" .lab | grep -v '/credentials$'; then fail 'a secret outside of the profile file'; fi
done

say 'nothing outside .lab was written'
[ "$(git status --porcelain)" = '' ] || { git status --porcelain; fail 'the clone is not clean'; }
[ "$(find "$HOME" -newer "$work/clone/package.json" -type f -not -path '*/.npm/*' | grep -v '/.aws/credentials$' | wc -l)" = 0 ] || fail 'something was written into HOME'
printf '\nacceptance: passed\n'
