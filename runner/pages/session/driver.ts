/**
 * The program that the shell of a session runs: it takes the number of a command from descriptor 3, evaluates the command's file in itself, and
 * says on descriptor 4 what its exit status was. What a command leaves (variables, functions, folder) is kept on the disk after each, so that
 * a shell which the command ended can be begun again where it was. The caller's secrets are not among it: every shell is given them.
 */
export const driver = `
shopt -s expand_aliases
__lab_dir=$1
__lab_secret=\${AWS_SECRET_ACCESS_KEY-}
__lab_session=\${AWS_SESSION_TOKEN-}
__lab_keep() {
  (
    if [[ \${AWS_SECRET_ACCESS_KEY-} == "$__lab_secret" ]]; then unset AWS_SECRET_ACCESS_KEY; fi
    if [[ \${AWS_SESSION_TOKEN-} == "$__lab_session" ]]; then unset AWS_SESSION_TOKEN; fi
    unset __lab_secret __lab_session
    declare -p; declare -f; alias -p; printf 'cd -- %q\\n' "$PWD"
  ) >"$__lab_dir/state.new" 2>/dev/null
  mv -f "$__lab_dir/state.new" "$__lab_dir/state" 2>/dev/null
}
__lab_status() { return "$1"; }
if [ -f "$__lab_dir/state" ]; then . "$__lab_dir/state" 2>/dev/null; fi
__lab_code=0
trap '__lab_code=$?; __lab_keep' EXIT
while IFS= read -r __lab_n <&3; do
  __lab_text=$(<"$__lab_dir/$__lab_n.sh")
  __lab_status "$__lab_code"
  eval "$__lab_text" >"$__lab_dir/$__lab_n.out" 2>"$__lab_dir/$__lab_n.err" </dev/null 3<&- 4>&-
  __lab_code=$?
  __lab_keep
  printf '%s %s\\n' "$__lab_n" "$__lab_code" >&4
done
trap - EXIT
`
