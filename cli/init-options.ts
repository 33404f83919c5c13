/** What only `lab init` takes. */
export interface InitOptions {
  title?: string
  template?: string
  from?: string
}

export const initOptionTable = {
  title: { flags: '--title <text>', summary: 'title of the lab; default: its id in words' },
  template: {
    flags: '--template <name>',
    summary: 'what the lab is about: identity-policy, repository-policy, permissions-boundary',
  },
  from: { flags: '--from <page.md>', summary: 'a draft that does what this page does, and expects what it shows' },
} as const
