import type { FuturesDesk } from '../futures/desk.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import type { SandboxOptions } from '../sandbox-types.ts';
import type { SandboxTime } from '../time/sandbox-time.ts';
import { AMPLE, accountLimitsOf, FUTURES_BUDGET } from './account-limits.ts';
import { createRestSandbox, type RestSandbox } from './rest-sandbox.ts';

/** REST of a market that is traded in: public for everybody, private for the accounts that there are. */
export function paperRest(
  options: SandboxOptions,
  time: SandboxTime,
  desk: PaperDesk | undefined,
  futuresDesk?: FuturesDesk,
): RestSandbox | undefined {
  if (desk === undefined && futuresDesk === undefined) return undefined;
  const { accounts, futures } = options;
  const limits = accountLimitsOf(options);
  return createRestSandbox({
    clock: time,
    timers: time,
    keys: accounts ?? [],
    limits: limits ?? AMPLE,
    desk,
    futures: futuresDesk,
    futuresBudget: futures?.budget ?? (limits && FUTURES_BUDGET),
  });
}
