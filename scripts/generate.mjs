// Everything that is made from something else: run after a change of a step kind or of the SDK, and commit what it writes.
await import('./generate-operations.mjs')
await import('./generate-iam-actions.mjs')
await import('./generate-schema.mjs')
await import('./generate-coverage.mjs')
await import('./generate-rules.mjs')
