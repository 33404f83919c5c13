/** What only `lab init` takes. */
export interface InitOptions {
  title?: string
  template?: string
}

export const initOptionTable = {
  title: { flags: '--title <text>', summary: 'title of the lab; default: its id in words' },
  template: {
    flags: '--template <name>',
    summary: 'what the lab is about: identity-policy, repository-policy, permissions-boundary',
  },
} as const
