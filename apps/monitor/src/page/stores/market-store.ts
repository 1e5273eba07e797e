import { signal } from '@preact/signals';
import type {
  GapMessage,
  HelloMessage,
  InstrumentInfo,
  StatusMessage,
} from '../../protocol/control.ts';
import type { Batch, ServerRecord } from '../../protocol/records.ts';
import { BookStore } from './book-store.ts';
import { CandlesStore } from './candles-store.ts';
import { ColumnsStore } from './columns-store.ts';
import { TradesStore } from './trades-store.ts';

/** Of one symbol: what is drawn many times a second, so no signals but revisions. */
export interface SymbolStores {
  readonly book: BookStore;
  readonly trades: TradesStore;
  readonly columns: ColumnsStore;
}

const GAPS = 300;

/** All that the server told. */
export class MarketStore {
  readonly hello = signal<HelloMessage | undefined>(undefined);
  readonly instruments = signal<readonly InstrumentInfo[]>([]);
  readonly status = signal<StatusMessage | undefined>(undefined);
  readonly gaps = signal<readonly GapMessage[]>([]);
  readonly notice = signal<string | undefined>(undefined);
  readonly candles = new CandlesStore();
  readonly #now: () => number;
  readonly #symbols = new Map<number, SymbolStores>();
  #onPong: (id: number) => void = () => undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  set onPong(listener: (id: number) => void) {
    this.#onPong = listener;
  }

  indexOf(symbol: string): number {
    return this.instruments.value.findIndex((instrument) => instrument.symbol === symbol);
  }

  instrument(symbol: string): InstrumentInfo | undefined {
    return this.instruments.value.find((instrument) => instrument.symbol === symbol);
  }

  of(symbol: string): SymbolStores | undefined {
    return this.#symbols.get(this.indexOf(symbol));
  }

  takeBatch({ records }: Batch): void {
    for (const record of records) this.#take(record);
  }

  /** The line to the server is down: nothing of it is known to be true any more. */
  lose(): void {
    for (const { book } of this.#symbols.values()) book.lose();
  }

  /** Holes of a symbol, or of every one. */
  gapsOf(symbol: string): readonly GapMessage[] {
    return this.gaps.value.filter(
      ({ symbols }) => symbols.length === 0 || symbols.includes(symbol),
    );
  }

  #take(record: ServerRecord): void {
    switch (record.type) {
      case 'book':
        this.#stores(record.symbol).book.take(record);
        break;
      case 'trades':
        this.#stores(record.symbol).trades.take(record);
        break;
      case 'columns':
        this.#stores(record.symbol).columns.take(record);
        break;
      case 'candles':
        this.candles.take(record);
        break;
      case 'control':
        this.#takeControl(record);
        break;
    }
  }

  #takeControl({ message }: Extract<ServerRecord, { type: 'control' }>): void {
    switch (message.kind) {
      case 'hello':
        this.hello.value = message;
        // A new connection tells its gaps from the beginning.
        this.gaps.value = [];
        break;
      case 'instruments':
        this.instruments.value = message.instruments;
        break;
      case 'status':
        this.status.value = message;
        break;
      case 'gap':
        this.gaps.value = mergeGap(this.gaps.value, message);
        break;
      case 'notice':
        this.notice.value = message.text;
        break;
      case 'pong':
        this.#onPong(message.id);
        break;
    }
  }

  #stores(index: number): SymbolStores {
    let stores = this.#symbols.get(index);
    if (stores === undefined) {
      const trades = new TradesStore();
      stores = { book: new BookStore(this.#now), trades, columns: new ColumnsStore() };
      this.#symbols.set(index, stores);
    }
    return stores;
  }
}

/** A hole is told twice: the second time with its end, in place of the first. */
const mergeGap = (gaps: readonly GapMessage[], gap: GapMessage): readonly GapMessage[] => {
  const isSame = (other: GapMessage): boolean =>
    other.reason === gap.reason &&
    other.channel === gap.channel &&
    other.from === gap.from &&
    other.to === undefined &&
    other.symbols.join() === gap.symbols.join();
  return [...gaps.filter((other) => !isSame(other)), gap].slice(-GAPS);
};
