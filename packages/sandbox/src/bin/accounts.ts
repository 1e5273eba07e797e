import type { ExchangeInstrument } from '../exchange/index.ts';
import { recordedInstruments } from '../mirror/recorded-instruments.ts';
import type { PaperAccount } from '../paper/paper-desk.ts';
import type { ReplaySourceOptions } from '../replay/replay-source.ts';
import { createSandboxKey } from '../safety/sandbox-key.ts';
import { assetsOf, resolveInstruments } from '../synthetic/resolve-instruments.ts';
import type { SyntheticSourceOptions } from '../synthetic/synthetic-source.ts';

/** Of the wallet of many currencies, and of those of the inverse contracts. */
const FUTURES_BALANCES = { USD: '100000', XBT: '1', ETH: '10', fi_xbtusd: '1', fi_ethusd: '10' };

/**
 * So many accounts with something of every asset that is traded, and a futures side where the market
 * has one. Rejects with a `SandboxError`.
 */
export async function makeAccounts(
  count: number | undefined,
  source: SyntheticSourceOptions | ReplaySourceOptions,
): Promise<readonly PaperAccount[] | undefined> {
  if (count === undefined) return undefined;
  const instruments: readonly ExchangeInstrument[] =
    source.kind === 'replay'
      ? await recordedInstruments(source.path)
      : resolveInstruments(source.symbols);
  const balances = Object.fromEntries(assetsOf(instruments).map(({ id }) => [id, '100000']));
  return Array.from({ length: count }, (_, at) => ({
    ...createSandboxKey(`paper-${at + 1}`),
    balances,
    ...(source.kind !== 'replay' && {
      futures: { ...createSandboxKey(`paper-${at + 1} futures`), balances: FUTURES_BALANCES },
    }),
  }));
}
