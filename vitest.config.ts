import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/build-once.ts'],
    // Most of the time is waiting for processes and answers: more workers than processors keep both busy.
    maxWorkers: 4,
    // Tests that start and kill processes share CI's machine with each other: one more try there, and the report names who needed it.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test that needs the person's machine must say so: no AWS variable reaches any of them.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
})
