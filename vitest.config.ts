import { defineConfig } from 'vitest/config'

const suites = ['unit', 'contract', 'parity']

export default defineConfig({
  test: {
    // Each file in a process of its own: native modules keep state for a whole process, and one that crashes takes only its file along.
    pool: 'forks',
    // Those who hang, not those who are slow: a training step on a busy machine may take its time.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A state that is waited for comes when it comes.
    expect: { poll: { timeout: 60_000 } },
    unstubEnvs: true,
    env: { TF_CPP_MIN_LOG_LEVEL: '3' },
    projects: suites.map((name) => ({ extends: true as const, test: { name, include: [`test/${name}/**/*.test.ts`] } })),
  },
})
