/**
 * The `aws` that a page's shell finds first. It asks the run what to do with each call: reads go straight through; a change is sent once the
 * run has written it down, and what came of it is told before the page goes on. Texts on the wire end with a NUL, as in argument lists.
 */
export const shimScript = (real: string): string => `#!/usr/bin/env bash
real=${quoted(real)}
if ! { exec {lab}<>"/dev/tcp/127.0.0.1/$LAB_SHIM_PORT"; } 2>/dev/null; then
  echo 'lab: the run of this shell has ended: nothing would write this call down' >&2
  exit 252
fi
printf '%s\\0' "$LAB_SHIM_TOKEN" "$PWD" "\${AWS_PROFILE-}" "\${AWS_ACCESS_KEY_ID-}" "$#" "$@" >&"$lab"
take() { IFS= read -r -d '' "$1" <&"$lab"; }
take verb || exit 252
while :; do
  case $verb in
    exec) exec {lab}>&-; exec "$real" "$@" ;;
    say) take code; take out; take err; printf '%s' "$out"; printf '%s' "$err" >&2; exit "$code" ;;
    who)
      take profile
      as=(); if [ -n "$profile" ]; then as=(--profile "$profile"); fi
      printf '%s\\0' "$("$real" sts get-caller-identity "\${as[@]}" --output text --query '[Account,Arn]' 2>/dev/null)" >&"$lab"
      take verb || exit 252 ;;
    go) break ;;
    *) exit 252 ;;
  esac
done
take count
more=()
for ((i = 0; i < count; i++)); do take word; more+=("$word"); done
file="$LAB_SHIM_FOLDER/$BASHPID"
"$real" "$@" "\${more[@]}" {lab}>&- >"$file.out" 2>"$file.err"
code=$?
cat "$file.out"
cat "$file.err" >&2
printf '%s\\0' "$code" "$(<"$file.out")" "$(<"$file.err")" >&"$lab"
rm -f "$file.out" "$file.err"
take done
exit "$code"
`

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
