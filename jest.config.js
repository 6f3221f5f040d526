/** Jest as native ESM: swc strips the types, `.ts` files are modules, and the last reporter says what was left out. */
import { availableParallelism } from 'node:os';

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'esnext', parser: { syntax: 'typescript' } } }] },
  injectGlobals: false,
  // Every core, but not one browser and one server per core on a large machine.
  maxWorkers: Math.min(availableParallelism(), 4),
  // Modules of a suite that is over are not collected as long as its process lives: at four gigabytes Node would end it.
  workerIdleMemoryLimit: '1GB',
  // A password hash and a browser take their time on a small machine; nothing waits for this in a run that is green.
  testTimeout: 30_000,
  // One MongoDB for all that ask for one; nothing is started where nobody does.
  globalSetup: '<rootDir>/test/support/mongo/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/mongo/global-teardown.ts',
  reporters: ['default', '<rootDir>/test/support/left-out-reporter.ts'],
};
