/** What a fence calls commands. */
const commands = /^(bash|sh|shell|zsh|console|shell-?session|terminal|sh-session|bash-session)$/i
const terminals = /^(console|shell-?session|terminal|sh-session|bash-session)$/i
/** What a fence calls an output. */
const outputs = /^(|json|text|txt|plain|plaintext|none|output|out|yaml|yml|log|markup|xml|table)$/i

export const isCommands = (language: string): boolean => commands.test(language)
export const isTerminal = (language: string): boolean => terminals.test(language)
export const isOutput = (language: string): boolean => outputs.test(language)

/** `bash {linenos=table}`, `bash,ignore`, `{.bash}`: the word alone. */
export const languageOf = (info: string): string => /^[\s{.]*([\w+-]*)/.exec(info)?.[1] ?? ''

/** The words with which a page leads in to what a command prints. */
const leadIn =
  /\b(outputs?|results?|response)\b|\b(looks?|be|seems?) (something )?(like|similar)|\b(should|will|would|can|'ll) (now )?(see|get|receive|return|print|show|fail|be denied)|\b(you|we) (see|get)\b|\b(returns|prints|displays|shows)\b|\berror\b|\bdenied\b|\bfails? with\b/i

export const leadsToOutput = (text: string): boolean => leadIn.test(text)

/** How an output begins that stands in a fence for commands. */
export const looksPrinted = (text: string): boolean =>
  /^\s*([{[]\s*("|$|[{[])|An error occurred|aws: error)/m.test(text.trimStart().split('\n')[0] ?? '')
