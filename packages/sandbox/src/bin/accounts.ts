import type { ExchangeInstrument } from '../exchange/index.ts';
import { fixedText } from '../market-data/fixed-text.ts';
import { recordedInstruments } from '../mirror/recorded-instruments.ts';
import type { PaperAccount } from '../paper/paper-desk.ts';
import type { ReplaySourceOptions } from '../replay/replay-source.ts';
import { createSandboxKey } from '../safety/sandbox-key.ts';
import type { SyntheticInstrument } from '../synthetic/instruments.ts';
import { NAMED_INSTRUMENTS } from '../synthetic/more-instruments.ts';
import { assetsOf, resolveInstruments } from '../synthetic/resolve-instruments.ts';
import type { SyntheticSourceOptions } from '../synthetic/synthetic-source.ts';

/** What an account begins with of money, and about what its coins are worth. */
const WORTH = 100_000;
/** Of what has no price in advance. */
const UNPRICED = '1000';

/** Of the wallet of many currencies, and of those of the inverse contracts. */
const FUTURES_BALANCES = { USD: '100000', XBT: '1', ETH: '10', fi_xbtusd: '1', fi_ethusd: '10' };

/** As much of an asset as is worth about what others are: an account that owned the market could lose nothing. */
function balanceOf(asset: string, instruments: readonly ExchangeInstrument[]): string {
  // A dollar has its price in other money here: what it is worth is itself.
  if (asset === 'USD' || !instruments.some(({ base }) => base === asset)) return String(WORTH);
  const [market] = [...instruments, ...NAMED_INSTRUMENTS]
    .filter(isSynthetic)
    .filter(({ base }) => base === asset)
    .toSorted(dollarsFirst);
  if (market === undefined) return UNPRICED;
  const amount = (WORTH * 10 ** market.pricePrecision) / market.startTicks;
  const digits = Math.floor(Math.log10(amount));
  // One digit of it: how much is a guess, and may be reckoned in floats.
  const first = Math.floor(amount / 10 ** digits);
  const decimals = Math.min(-digits, market.quantityPrecision);
  return digits >= 0 ? `${first}${'0'.repeat(digits)}` : fixedText(first, decimals);
}

function isSynthetic(instrument: ExchangeInstrument): instrument is SyntheticInstrument {
  return 'startTicks' in instrument;
}

function dollarsFirst(a: SyntheticInstrument, b: SyntheticInstrument): number {
  return Number(b.quote === 'USD') - Number(a.quote === 'USD');
}

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
  const balances = Object.fromEntries(
    assetsOf(instruments).map(({ id }) => [id, balanceOf(id, instruments)]),
  );
  return Array.from({ length: count }, (_, at) => ({
    ...createSandboxKey(`paper-${at + 1}`),
    balances,
    ...(source.kind !== 'replay' && {
      futures: { ...createSandboxKey(`paper-${at + 1} futures`), balances: FUTURES_BALANCES },
    }),
  }));
}
