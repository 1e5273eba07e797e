import type { FuturesDesk } from '../futures/desk.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import type { SandboxOptions } from '../sandbox-types.ts';
import type { SandboxTime } from '../time/sandbox-time.ts';
import { createRestSandbox, type RestSandbox } from './rest-sandbox.ts';

/** REST of a market that is traded in: public for everybody, private for the accounts that there are. */
export function paperRest(
  { accounts, accountLimits: limits, futures }: SandboxOptions,
  time: SandboxTime,
  desk: PaperDesk | undefined,
  futuresDesk?: FuturesDesk,
): RestSandbox | undefined {
  if (desk === undefined && futuresDesk === undefined) return undefined;
  return createRestSandbox({
    clock: time,
    timers: time,
    keys: accounts ?? [],
    limits,
    desk,
    futures: futuresDesk,
    futuresBudget: futures?.budget,
  });
}
