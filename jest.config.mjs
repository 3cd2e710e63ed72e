const isLong = process.env.FAULTS === 'long';

/** One configuration for every suite; a run names the folders it wants. */
export default {
  testEnvironment: '<rootDir>/test/support/service/plain-environment.mjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // Only `npm run test:faults` runs these: three servers start for minutes, and slow requests wait many
  // seconds.
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(isLong ? [] : ['/test/faults/(cassandra|slow-requests)\\.']),
  ],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  setupFiles: ['<rootDir>/test/support/quiet-logs.ts'],
  // A worker ends by itself, but on a busy machine V8 needs time to finish compiling.
  workerGracefulExitTimeout: 15_000,
  // Catches hanging tests only: a test that must be fast asserts that itself.
  testTimeout: 90_000,
};
