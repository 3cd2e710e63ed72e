const isLong = process.env.FAULTS === 'long';

/** One configuration for every suite; a run names the folders it wants. */
export default {
  testEnvironment: '<rootDir>/test/support/service/plain-environment.mjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  // Three servers at once take minutes, and waits of many seconds are only that: they belong to `npm run test:faults`.
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
  // A worker whose tests are over ends by itself, but on a busy machine V8 takes its time to end what it compiles.
  workerGracefulExitTimeout: 15_000,
  // Only against hanging: what has to be quick says so itself.
  testTimeout: 90_000,
};
