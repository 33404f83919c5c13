#!/usr/bin/env bash
# A class in eight pods, then the merge. It begins when every part has ended: completed, or failed for good, as a part does in which somebody is not
# graded. A part without a result is named by the merge. The exit code is the merge's own.
set -euo pipefail
cd "$(dirname "$0")"

ended() {
  local conditions=
  while conditions=$(kubectl get "job/$1" -o 'jsonpath={.status.conditions[?(@.status=="True")].type}') || exit 3; do
    grep -Eqw 'Complete|Failed' <<< "$conditions" && return
    sleep 5
  done
}

kubectl apply -f kubernetes-grading.yaml
ended grading
kubectl delete job/grading-merge --ignore-not-found
kubectl apply -f kubernetes-merge.yaml
ended grading-merge
kubectl logs job/grading-merge
exit "$(kubectl get pods -l batch.kubernetes.io/job-name=grading-merge \
  -o 'jsonpath={.items[0].status.containerStatuses[0].state.terminated.exitCode}')"
