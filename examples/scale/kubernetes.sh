#!/usr/bin/env bash
# A class in eight pods, then the merge, whose exit code is this script's. The merge begins when each part has ended with a result of today: 0, or 3
# as where somebody is not graded. It does not if one has none, as an earlier round may be in the folder: that part is named, and the exit code is 2,
# or 5 where a guard refused. (Of labs without a roster 1 is a result, too.)
set -euo pipefail
cd "$(dirname "$0")"

ended() {
  local conditions=
  while conditions=$(kubectl get "job/$1" -o 'jsonpath={.status.conditions[?(@.status=="True")].type}') || exit 3; do
    grep -Eqw 'Complete|Failed' <<< "$conditions" && return
    sleep 5
  done
}

part='{.metadata.annotations.batch\.kubernetes\.io/job-completion-index}'
code='{.status.containerStatuses[?(@.name=="lab")].state.terminated.exitCode}'
pods() {
  kubectl get pods -l "batch.kubernetes.io/job-name=$1" --sort-by=.metadata.creationTimestamp -o "jsonpath=$2"
}

out=$(sed -n 's/^ *- --out=//p' kubernetes-grading.yaml)
if ! grep -Eq "^ *- $out\$" kubernetes-merge.yaml; then
  echo "kubernetes-merge.yaml does not merge \`$out\`, where kubernetes-grading.yaml has its results" >&2
  exit 2
fi

# A Job that has ended is not started by another apply. Its pods go first: how they ended must not be taken for the new ones' ends.
kubectl delete job/grading job/grading-merge --ignore-not-found --cascade=foreground
kubectl apply -f kubernetes-grading.yaml
ended grading

count=$(kubectl get job/grading -o 'jsonpath={.spec.completions}')
ends=$(pods grading "{range .items[*]}$part {.metadata.name} $code{\"\\n\"}{end}")
last=() codes=()
while read -r index pod exit_code; do
  last[index]=$pod
  codes[index]=$exit_code
done <<< "$ends"

result=0
for ((index = 0; index < ${count:?}; index++)); do
  exit_code=${codes[index]:-}
  shard="shard $((index + 1)) of $count"
  case $exit_code in
    0 | 3) continue ;;
    2 | 5) echo "$shard was refused, exit code $exit_code" >&2 ;;
    *) echo "$shard is missing: its last pod ended with ${exit_code:-no exit code}" >&2 ;;
  esac
  if [ "$exit_code" != 5 ]; then result=2; elif [ $result = 0 ]; then result=5; fi
  if [ -n "${last[index]:-}" ]; then kubectl logs "${last[index]}" >&2 || true; fi
done
[ $result = 0 ] || exit $result

kubectl apply -f kubernetes-merge.yaml
ended grading-merge
kubectl logs job/grading-merge
exit "$(pods grading-merge "{range .items[*]}$code{end}")"
