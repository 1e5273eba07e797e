import { L2Book } from '@kr/orderbook';

interface Change {
  readonly side: 'bids' | 'asks';
  readonly price: string;
  readonly quantity: string;
}

/** A book's frames as Kraken writes them, with right checksums. */
export class BookFeed {
  readonly symbol: string;
  readonly depth: number;
  readonly #book: L2Book;
  #count = 0;

  constructor(symbol: string, depth = 10) {
    this.symbol = symbol;
    this.depth = depth;
    this.#book = new L2Book({ symbol, depth });
  }

  acknowledgement(): string {
    return `{"method":"subscribe","result":{"channel":"book","depth":${this.depth},"snapshot":true,"symbol":"${this.symbol}"},"success":true,"time_in":"2026-01-01T00:00:00.000001Z","time_out":"2026-01-01T00:00:00.000002Z"}`;
  }

  snapshot(levels = this.depth): string {
    const side = (sign: number): { price: string; quantity: string }[] =>
      Array.from({ length: levels }, (_, at) => ({
        price: (1000 + sign * (at + 1)).toFixed(1),
        quantity: (1 + at / 8).toFixed(8),
      }));
    const bids = side(-1);
    const asks = side(1);
    this.#book.applySnapshot({ bids, asks });
    return this.#format('snapshot', bids, asks);
  }

  update(): string {
    this.#count += 1;
    const change: Change = {
      side: this.#count % 2 === 0 ? 'bids' : 'asks',
      price: (1000 + (this.#count % 2 === 0 ? -1 : 1) * (1 + (this.#count % 5))).toFixed(1),
      quantity: (this.#count % 7 === 0 ? 0 : this.#count / 16).toFixed(8),
    };
    const level = [{ price: change.price, quantity: change.quantity }];
    const bids = change.side === 'bids' ? level : [];
    const asks = change.side === 'asks' ? level : [];
    this.#book.applyUpdate({ bids, asks });
    return this.#format('update', bids, asks);
  }

  #format(
    type: string,
    bids: readonly { price: string; quantity: string }[],
    asks: readonly { price: string; quantity: string }[],
  ): string {
    const time = `2026-01-01T00:00:00.${String(this.#count).padStart(6, '0')}Z`;
    return `{"channel":"book","type":"${type}","data":[{"symbol":"${this.symbol}","bids":[${formatLevels(bids)}],"asks":[${formatLevels(asks)}],"checksum":${this.#book.checksum()},"timestamp":"${time}"}]}`;
  }
}

function formatLevels(levels: readonly { price: string; quantity: string }[]): string {
  return levels.map(({ price, quantity }) => `{"price":${price},"qty":${quantity}}`).join(',');
}
