import type { GapMessage } from '../../protocol/control.ts';
import { formatScaled } from '../../protocol/scaled.ts';
import { clockText, durationText, groupedDigits } from '../format/text.ts';
import type { View } from '../page-context.ts';
import type { TapeTrade, TradesStore } from '../stores/trades-store.ts';

export interface TapeOptions {
  readonly trades: () => TradesStore | undefined;
  readonly gaps: () => readonly GapMessage[];
  readonly minSize: number;
}

/** More than any screen is high. */
const ROWS = 80;

type Item = TapeTrade | { readonly kind: 'gap'; readonly time: number; readonly gap: GapMessage };

/** Ten times a second: a tape that is pushed on more often cannot be read. */
const PERIOD_MS = 100;
/** Longer quantities are printed smaller. */
const LONG = 13;

/** Trades, the newest on top; a hole stands between them where it was. */
export class TapeView implements View {
  readonly #host: HTMLElement;
  readonly #options: TapeOptions;
  #store: TradesStore | undefined;
  #revision = -1;
  #drawnAt = 0;
  #gaps: readonly GapMessage[] = [];
  #items: readonly Item[] = [];
  #largest = 0;

  constructor(host: HTMLElement, options: TapeOptions) {
    this.#host = host;
    this.#options = options;
    host.replaceChildren();
  }

  draw(now: number): void {
    const store = this.#options.trades();
    if (store === undefined || now - this.#drawnAt < PERIOD_MS) return;
    const gaps = this.#options.gaps();
    const isKnown = store === this.#store && store.revision === this.#revision;
    if (isKnown && gaps.length === this.#gaps.length && gaps.at(-1) === this.#gaps.at(-1)) return;
    this.#store = store;
    this.#revision = store.revision;
    this.#drawnAt = now;
    this.#gaps = gaps;
    this.#show(itemsOf(store.newest(ROWS, this.#options.minSize), gaps));
  }

  dispose(): void {
    this.#host.replaceChildren();
  }

  /** Rows that stay are moved down as they are: the last become the first, and are written anew. */
  #show(items: readonly Item[]): void {
    const sizes = items.flatMap((item) => (item.kind === 'trade' ? [item.size] : []));
    const largest = Math.max(...sizes, 0);
    const added = items.findIndex((item) => isSame(item, this.#items[0]));
    const isPushed =
      added >= 0 && items.slice(added).every((item, i) => isSame(item, this.#items[i]));
    while (this.#host.childElementCount < items.length) this.#append();
    while (this.#host.childElementCount > items.length) this.#host.lastElementChild?.remove();
    const isMoved = isPushed && this.#items.length === items.length;
    const fresh = isMoved ? added : 0;
    for (let i = 0; i < fresh; i += 1) this.#host.prepend(this.#host.lastElementChild as Element);
    items.forEach((item, i) => {
      const isKnown = isMoved && i >= fresh;
      const row = this.#host.children[i] as HTMLElement;
      if (!isKnown) fill(row, item);
      if (!isKnown || largest !== this.#largest) scaleBar(row, item, largest);
    });
    this.#items = items;
    this.#largest = largest;
    const longest = items.find((item) => item.kind === 'trade');
    const digits = longest === undefined ? 0 : sizeText(longest).length;
    this.#host.classList.toggle('is-long', digits > LONG);
  }

  #append(): void {
    const row = document.createElement('li');
    for (const name of ['bar', 'time', 'price', 'size']) {
      row.appendChild(document.createElement(name === 'bar' ? 'i' : 'span')).className = name;
    }
    this.#host.appendChild(row);
  }
}

const isSame = (a: Item, b: Item | undefined): boolean =>
  a === b || (a.kind === 'gap' && b?.kind === 'gap' && a.gap === b.gap);

const sizeText = (trade: TapeTrade): string =>
  formatScaled(trade.quantity, trade.quantityPrecision);

const itemsOf = (trades: readonly TapeTrade[], gaps: readonly GapMessage[]): Item[] => {
  const since = trades.at(-1)?.time ?? Infinity;
  const holes = gaps
    .filter(({ channel }) => channel === undefined || channel === 'trade' || channel === 'book')
    .map((gap): Item => ({ kind: 'gap', time: gap.to ?? gap.from ?? 0, gap }))
    .filter(({ time }) => time >= since);
  return [...trades, ...holes].toSorted((a, b) => b.time - a.time).slice(0, ROWS);
};

const fill = (row: HTMLElement, item: Item): void => {
  row.className = `tape-row ${item.kind === 'gap' ? 'gap' : item.side}`;
  const texts = item.kind === 'gap' ? gapTexts(item.gap) : tradeTexts(item);
  texts.forEach((text, i) => {
    const cell = row.children[i + 1];
    if (cell !== undefined && cell.textContent !== text) cell.textContent = text;
  });
};

const scaleBar = (row: HTMLElement, item: Item, largest: number): void => {
  const share = item.kind === 'gap' || largest === 0 ? 0 : item.size / largest;
  (row.children[0] as HTMLElement).style.transform = `scaleX(${share.toFixed(3)})`;
};

const tradeTexts = (trade: TapeTrade): readonly string[] => [
  clockText(trade.time),
  `${trade.side === 'buy' ? '▲' : '▼'} ${groupedDigits(formatScaled(trade.price, trade.pricePrecision))}`,
  sizeText(trade),
];

const gapTexts = ({ reason, channel, from, to }: GapMessage): readonly string[] => {
  const length = from === undefined || to === undefined ? 'open' : durationText(to - from);
  return [clockText(from ?? to ?? 0), `gap: ${reason}`, `${channel ?? 'all'}, ${length}`];
};
