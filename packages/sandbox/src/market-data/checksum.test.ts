import { describe, expect, it } from 'vitest';
import { at, TestExchange } from '../../test/exchange.ts';
import { DEFAULT_INSTRUMENTS, type SyntheticInstrument } from '../synthetic/instruments.ts';
import { bookChecksum, ordersChecksum } from './checksum.ts';

const BTC = DEFAULT_INSTRUMENTS[0] as SyntheticInstrument;

type Rows = readonly (readonly [price: string, quantity: string])[];

/** The book of BTC/USD, in which these orders rest. */
function bookOf(asks: Rows, bids: Rows, instrument: Partial<SyntheticInstrument> = {}) {
  const market = new TestExchange({
    instruments: [{ ...BTC, minimumLots: 1, minimumCost: '0', ...instrument }],
  });
  const maker = market.account('maker', { USD: '100000000', BTC: '1000' });
  for (const [price, quantity] of asks) {
    market.add(maker, { side: 'sell', quantity, limitPrice: at(price) });
  }
  for (const [price, quantity] of bids) market.add(maker, { quantity, limitPrice: at(price) });
  return (market.exchange.markets.get('BTC/USD') as { book: Parameters<typeof bookChecksum>[0] })
    .book;
}

/** docs.kraken.com, "Spot Websockets (v2) Book Checksum". */
const ASKS: Rows = [
  ['45285.2', '0.00100000'],
  ['45286.4', '1.54571953'],
  ['45286.6', '1.54571109'],
  ['45289.6', '1.54560911'],
  ['45290.2', '0.15890660'],
  ['45291.8', '1.54553491'],
  ['45294.7', '0.04454749'],
  ['45296.1', '0.35380000'],
  ['45297.5', '0.09945542'],
  ['45299.5', '0.18772827'],
];
const BIDS: Rows = [
  ['45283.5', '0.10000000'],
  ['45283.4', '1.54582015'],
  ['45282.1', '0.10000000'],
  ['45281.0', '0.10000000'],
  ['45280.3', '1.54592586'],
  ['45279.0', '0.07990000'],
  ['45277.6', '0.03310103'],
  ['45277.5', '0.30000000'],
  ['45277.3', '1.54602737'],
  ['45276.6', '0.15445238'],
];

describe('the checksum', () => {
  it('is that of the documented example of BTC/USD, whatever stands deeper', () => {
    expect(bookChecksum(bookOf(ASKS, BIDS))).toBe(3_310_070_434);
    const deeper = bookOf([...ASKS, ['45300.0', '1.0']], [...BIDS, ['1.0', '1.0']]);
    expect(bookChecksum(deeper)).toBe(3_310_070_434);
    expect(ordersChecksum(deeper)).toBe(3_310_070_434);
  });

  it('is 0 of an empty book, and of one side alone where the other is empty', () => {
    expect(bookChecksum(bookOf([], []))).toBe(0);
    const asks = [
      ['1.0005', '0.00001'],
      ['1.0010', '2.5'],
    ] as const;
    expect(bookChecksum(bookOf(asks, [], { pricePrecision: 4 }))).toBe(924_799_315);
  });

  it('of orders repeats the price for each of a queue', () => {
    const book = bookOf(
      [
        ['45285.2', '1.0'],
        ['45285.2', '2.0'],
      ],
      [],
    );
    const twice = bookOf(
      [
        ['45285.2', '2.0'],
        ['45285.2', '1.0'],
      ],
      [],
    );
    expect(bookChecksum(book)).toBe(bookChecksum(twice));
    expect(ordersChecksum(book)).not.toBe(ordersChecksum(twice));
  });
});
