import type { Reporter, TestModule } from 'vitest/node';
export default class SummaryLine implements Reporter {
  onTestRunEnd(_modules: readonly TestModule[]): void {}
}
