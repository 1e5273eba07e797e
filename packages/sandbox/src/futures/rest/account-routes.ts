import { textOf, type WireParams } from '../../rest/request-params.ts';
import type { LogEntry } from '../account-log.ts';
import type { FuturesFill } from '../fills.ts';
import { isoMillis, logFields } from '../log-fields.ts';
import { numberText, roundedText } from '../number-text.ts';
import { abs } from '../position.ts';
import { quote, row } from '../socket/feed-frame.ts';
import { currencyStates, marginState, singleWallets } from '../wallets.ts';
import { entryMicroTicks, MONEY_SCALE } from '../worth.ts';
import type { Asking } from './order-routes.ts';
import { FuturesError } from './refusal.ts';

const money = (amount: bigint): string => numberText(amount, MONEY_SCALE);
/** Rows of one answer of `fills`. */
const FILLS = 100;
const LOG_ENTRIES = 500;
const MOST_LOG_ENTRIES = 100_000;

export const ACCOUNT_ROUTES: Readonly<Record<string, (asking: Asking) => string>> = {
  'GET accounts': accounts,
  'GET openpositions': openPositions,
  'GET fills': fills,
  'GET notifications': () => '"notifications":[]',
  'GET leveragepreferences': () => '"leveragePreferences":[]',
  'GET pnlpreferences': () => '"preferences":[]',
  'GET self-trade-strategy': () => '"strategy":"REJECT_TAKER"',
  'GET unwindqueue': unwindQueue,
  'GET feeschedules/volumes': feeVolumes,
};

function accounts({ desk, account }: Asking): string {
  const nowNs = desk.now();
  const { clearing } = desk;
  const flex = marginState(clearing, account, 'USD', nowNs);
  const currencies: Record<string, string> = {};
  for (const { currency, quantity, value, collateral } of currencyStates(clearing, account)) {
    currencies[currency.id] = row({
      quantity: money(quantity),
      value: money(value),
      collateral: money(collateral),
      available: money(quantity),
    });
  }
  const all: Record<string, string> = {
    cash: '{"type":"cashAccount","balances":{}}',
    flex: row({
      type: '"multiCollateralMarginAccount"',
      currencies: row(currencies),
      initialMargin: money(flex.initial),
      initialMarginWithOrders: money(flex.initialWithOrders),
      maintenanceMargin: money(flex.maintenance),
      balanceValue: money(flex.balanceValue),
      portfolioValue: money(flex.portfolioValue),
      collateralValue: money(flex.collateralValue),
      pnl: money(flex.pnl),
      unrealizedFunding: money(flex.funding),
      totalUnrealized: money(flex.pnl + flex.funding),
      totalUnrealizedAsMargin: money(flex.pnl + flex.funding),
      availableMargin: money(flex.available),
      marginEquity: money(flex.equity),
    }),
  };
  for (const [wallet, currency] of singleWallets(clearing)) {
    const state = marginState(clearing, account, wallet, nowNs);
    const lots = state.states.filter(({ holding }) => holding.position.lots !== 0n);
    const balances: Record<string, string> = {
      [currency.toLowerCase()]: money(account.balance(wallet)),
    };
    for (const { contract, holding } of lots) {
      balances[contract.symbol] = numberText(holding.position.lots, contract.quantityPrecision);
    }
    all[wallet] = row({
      type: '"marginAccount"',
      currency: quote(currency.toLowerCase()),
      balances: row(balances),
      auxiliary: row({
        usd: '0.0',
        pv: money(state.portfolioValue),
        pnl: money(state.pnl),
        af: money(state.available),
        funding: money(state.funding),
      }),
      marginRequirements: row({
        im: money(state.initialWithOrders),
        mm: money(state.maintenance),
        lt: money(state.maintenance),
        tt: money(state.maintenance / 2n),
      }),
      // Prices at which the requirements would be met are not worked out.
      triggerEstimates: '{"im":0.0,"mm":0.0,"lt":0.0,"tt":0.0}',
    });
  }
  return `"accounts":${row(all)}`;
}

function openPositions({ desk, account }: Asking): string {
  const nowNs = desk.now();
  const rows = desk.clearing
    .statesOf(account, nowNs)
    .filter(({ holding }) => holding.position.lots !== 0n)
    .map(({ contract, holding, pnl, funding }) => {
      const { lots, basis } = holding.position;
      return row({
        side: lots > 0n ? '"long"' : '"short"',
        symbol: quote(contract.symbol),
        price: roundedText(entryMicroTicks(contract, lots, basis), 6 + contract.pricePrecision, 8),
        fillTime: quote(isoMillis(holding.filledNs)),
        size: numberText(abs(lots), contract.quantityPrecision),
        unrealizedFunding: money(funding),
        unrealizedPnl: money(pnl),
        pnlCurrency: quote(contract.settlement),
      });
    });
  return `"openPositions":[${rows.join(',')}]`;
}

/** The newest first; with `lastFillTime` those before it. */
function fills({ desk, account, params }: Asking): string {
  const lastFillTime = textOf(params['lastFillTime']);
  const before = lastFillTime === undefined ? Number.POSITIVE_INFINITY : Date.parse(lastFillTime);
  if (Number.isNaN(before)) throw new FuturesError('invalidArgument');
  const rows = desk.fills
    .of(account)
    .filter(({ trade }) => Number(trade.atNs / 1_000_000n) < before)
    .slice(-FILLS)
    .toReversed()
    .map(fillBody);
  return `"fills":[${rows.join(',')}]`;
}

function fillBody({ uid, trade, market, type }: FuturesFill): string {
  const { order, ticks, lots, atNs } = trade;
  const { symbol, pricePrecision, quantityPrecision } = market.instrument;
  return row({
    fill_id: quote(uid),
    symbol: quote(symbol),
    side: quote(order.side),
    order_id: quote(order.id),
    cliOrdId: order.clientOrderId === undefined ? undefined : quote(order.clientOrderId),
    fillTime: quote(isoMillis(atNs)),
    size: numberText(lots, quantityPrecision),
    price: numberText(ticks, pricePrecision),
    fillType: quote(type),
  });
}

function unwindQueue({ desk, account }: Asking): string {
  const rows = desk.clearing
    .statesOf(account, desk.now())
    .filter(({ holding }) => holding.position.lots !== 0n)
    .map(({ contract }) => `{"symbol":${quote(contract.symbol)},"percentile":20}`);
  return `"queue":[${rows.join(',')}]`;
}

function feeVolumes({ desk, account }: Asking): string {
  const volume = desk.exchange.volumeOf(account, desk.now());
  return `"volumesByFeeSchedule":{"5b755fea-c5b0-4307-a66e-b392cd5bd931":${volume}}`;
}

/** `account-log`: a body of its own, the newest first. */
export function accountLog({ desk, account, params }: Asking): string {
  const chosen = chooseLog(desk.clearing.log.of(account), params);
  const rows = chosen.map((entry) => row(logFields(desk, entry)));
  return `{"accountUid":"${desk.uidOf(account)}","logs":[${rows.join(',')}]}`;
}

function chooseLog(entries: readonly LogEntry[], params: WireParams): readonly LogEntry[] {
  const bound = (name: string, otherwise: number): number =>
    Number(textOf(params[name]) ?? otherwise);
  const since = bound('since', 0);
  const before = bound('before', Number.POSITIVE_INFINITY);
  const from = bound('from', 0);
  const to = bound('to', Number.POSITIVE_INFINITY);
  const count = Math.min(bound('count', LOG_ENTRIES), MOST_LOG_ENTRIES);
  if ([since, before, from, to, count].some(Number.isNaN))
    throw new FuturesError('invalidArgument');
  const infos = new Set([params['info']].flat().flatMap((each) => textOf(each) ?? []));
  const chosen = entries.filter(({ id, atNs, info }) => {
    const ms = Number(atNs / 1_000_000n);
    return (
      id >= from && id <= to && ms >= since && ms < before && (infos.size === 0 || infos.has(info))
    );
  });
  const sorted = textOf(params['sort']) === 'asc' ? chosen : chosen.toReversed();
  return sorted.slice(0, count);
}

/** The same as a table. */
export function accountLogCsv({ desk, account }: Asking): string {
  const entries = desk.clearing.log.of(account).toReversed();
  const rows = entries.map((entry) => logFields(desk, entry));
  const names = Object.keys(rows[0] ?? { id: '', date: '' });
  return [names.join(','), ...rows.map((each) => names.map((name) => cell(each[name])).join(','))]
    .map((line) => `${line}\n`)
    .join('');
}

function cell(text: string | undefined): string {
  return text === undefined || text === 'null' ? '' : text.replaceAll('"', '');
}
