import type { Account, Batch, ExecutionReport } from '../exchange/index.ts';

/** Reports kept of an account. */
const KEPT = 10_000;

/** What was told of each account's orders, oldest first. */
export class OrderHistory {
  readonly #reports = new Map<Account, ExecutionReport[]>();

  add({ reports }: Batch): void {
    for (const report of reports) {
      const known = this.#reports.get(report.account) ?? [];
      this.#reports.set(report.account, known);
      known.push(report);
      if (known.length > KEPT * 1.2) known.splice(0, known.length - KEPT);
    }
  }

  of(account: Account): readonly ExecutionReport[] {
    return this.#reports.get(account) ?? [];
  }
}
