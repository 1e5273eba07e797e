import { isDecimal, multiplyDecimals, trimDecimal } from '@kr/orderbook/decimal';
import type { NewOrder } from '@kr/rest';
import { explainError } from '../../explain-error.ts';
import type { Session } from '../../session.ts';
import type { ListedPair } from '../../symbols/listing.ts';
import type { Desk } from './desk.ts';

/** What a person should see before saying yes: where the market is, and how far from it the order. */
export const marketNow = async (
  { client }: Desk,
  order: Omit<NewOrder, 'pair'>,
  { altname, quote }: ListedPair,
  { signal }: Session,
): Promise<string> => {
  try {
    const [ticker] = Object.values(await client.ticker({ pair: altname }, { signal }));
    const [bid, ask] = [ticker?.b[0], ticker?.a[0]];
    if (bid === undefined || ask === undefined) return 'the market now: nobody buys or sells';
    const isBuy = order.type === 'buy';
    const [other, name] = isBuy ? [ask, 'best ask'] : [bid, 'best bid'];
    const parts = [`the market now: bid ${trimDecimal(bid)}, ask ${trimDecimal(ask)}`];
    const { price, ordertype, volume } = order;
    if (ordertype === 'market' && isDecimal(volume)) {
      const worth = Number(multiplyDecimals(volume, other));
      parts.push(`at the ${name} it is ${roundly(worth)} ${quote}, before fees`);
    } else if (ordertype === 'limit' && price !== undefined && isDecimal(price)) {
      const percent = (Number(price) / Number(other) - 1) * 100;
      const side = percent < 0 ? 'below' : 'above';
      parts.push(`the limit is ${Math.abs(percent).toFixed(2)} % ${side} the ${name}`);
    }
    return parts.join('\n');
  } catch (error) {
    signal.throwIfAborted();
    const known = explainError(error);
    if (known === undefined) throw error;
    return `the market now: not known (${known.message})`;
  }
};

/** Of a market order nobody knows more: it is for reading alone. */
const roundly = (value: number): string =>
  value >= 1 ? value.toFixed(2) : String(Number(value.toPrecision(3)));
