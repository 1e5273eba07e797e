import { defineConfig } from 'vitest/config';
import SummaryLine from './summary-line.ts';

// `@kr/source` first: tests import each package's TypeScript, no build needed.
const conditions = ['@kr/source', 'node', 'import', 'module', 'default'];
const roots = ['packages/*/{src,test}', 'apps/*/{src,test}', 'scripts'];
const tests = roots.map((root) => `${root}/**/*.test.ts`);
const soak = roots.map((root) => `${root}/**/*.soak.test.ts`);

export default defineConfig({
  root: `${import.meta.dirname}/..`,
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    testTimeout: 30_000,
    setupFiles: ['scripts/leak-watch.ts'],
    // One module graph a worker: evaluating the schemas anew for each file was a third of the run.
    isolate: false,
    // Many tests wait for processes and sockets.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: 'unit', include: tests, exclude: soak } },
      { extends: true, test: { name: 'soak', include: soak, testTimeout: 3_600_000 } },
    ],
    reporters: ['default', new SummaryLine()],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/bin.ts', '**/main.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 80, functions: 80, statements: 80, branches: 70 },
    },
  },
});
