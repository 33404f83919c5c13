/**
 * A text of ours or of a foreign answer, for a log in which GitHub's runner looks for commands: a line that begins with `::` after white space, or
 * holds `##[` anywhere. The first character of either is written out.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */
export const withoutCommands = (text: string): string =>
  text.replace(/^([^\S\n]*):(?=:)/gm, '$1\\u003a').replaceAll('##[', '\\u0023#[')

/** A JSON text for the same log: the value stays what it is. Outside of strings JSON has none of these characters in a row. */
export const jsonWithoutCommands = (json: string): string => json.replaceAll('##[', '\\u0023#[')
