/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // These publish ES modules only; jest runs CommonJS.
  transformIgnorePatterns: [
    '/node_modules/(?!(temporal-polyfill|temporal-utils|intl-messageformat|@formatjs|@sparticuz)/)',
  ],
  // Its ES modules import a stylesheet-laden carousel; the bundle of the same version does not.
  moduleNameMapper: { '^adaptivecards$': '<rootDir>/node_modules/adaptivecards/dist/adaptivecards.js' },
  maxWorkers: 2,
  // A test that hangs is found, sooner or later; one that waits on a slow machine must not be cut off.
  testTimeout: 300_000,
};
