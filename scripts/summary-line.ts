import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** What one run of the tests came to, for `verify.mjs` to add up. */
interface TestSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Absolute paths of the test files that were run. */
  readonly files: readonly string[];
}

/**
 * Ends a run with the line `N passed, N failed`, summed over every project; or, under
 * `verify.mjs` (KR_TEST_SUMMARY names a file), leaves the figures there instead.
 */
export default class SummaryLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      let bad = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') bad += 1;
        else skipped += 1;
      }
      // A file that failed to load, or a hook outside any test, counts once.
      failed += bad === 0 && module.state() === 'failed' ? 1 : bad;
    }
    const files = modules.map((module) => module.moduleId);
    const summary: TestSummary = { passed, failed, skipped, files };
    const target = process.env['KR_TEST_SUMMARY'];
    if (target !== undefined) {
      writeFileSync(target, JSON.stringify(summary));
      return;
    }
    process.once('exit', () => {
      if (skipped > 0) process.stdout.write(`${skipped} skipped\n`);
      process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
    });
  }
}
