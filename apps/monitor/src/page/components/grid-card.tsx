import type { SideLevels } from '../../protocol/book-levels.ts';
import { formatScaled, numberOf, type Scaled } from '../../protocol/scaled.ts';
import { SparkView } from '../charts/spark-view.ts';
import { groupedDigits, shortNumber } from '../format/text.ts';
import { usePage, useRevision, useView } from '../page-context.ts';
import type { BookStore } from '../stores/book-store.ts';
import { spreadOf } from '../stores/ladder.ts';
import { Badge } from './badge.tsx';

const LEVELS = 5;

const rowsOf = (book: BookStore, { prices, quantities }: SideLevels, side: 'bid' | 'ask') =>
  Array.from({ length: LEVELS }, (_, i) => {
    const price = prices[i];
    const [shown, size] =
      price === undefined
        ? ['', '']
        : [
            groupedDigits(formatScaled(price, book.pricePrecision)),
            shortNumber(numberOf(quantities[i] as Scaled, book.quantityPrecision)),
          ];
    return (
      <div key={i} class={`mini-row ${side}`}>
        <span class="price">{shown}</span>
        <span>{size}</span>
      </div>
    );
  });

/** One symbol in small: price, spread, badge, its last minutes and its best levels. */
export const GridCard = ({ symbol }: { readonly symbol: string }) => {
  const { market, settings } = usePage();
  const stores = market.of(symbol);
  useRevision(
    () => (market.of(symbol)?.book.revision ?? -1) + (market.of(symbol)?.trades.revision ?? 0),
    6,
  );
  const spark = useView<HTMLDivElement>(
    (host) => new SparkView(host, { columns: () => market.of(symbol)?.columns }),
    [symbol, settings.theme.value],
  );
  const book = stores?.book;
  const last = stores?.trades.last;
  const spread = book && spreadOf(book.bids, book.asks, book.pricePrecision);
  const index = market.indexOf(symbol);
  const change = Number(
    market.status.value?.symbols.find((row) => row.symbol === index)?.changePercent ?? Number.NaN,
  );
  return (
    <article class="card" data-symbol={symbol}>
      <header>
        <button
          type="button"
          class="card-title"
          onClick={() => {
            settings.symbol.value = symbol;
            settings.isGrid.value = false;
          }}
        >
          {symbol}
        </button>
        <Badge status={book?.shownStatus ?? 'awaitingSnapshot'} isSmall />
      </header>
      <div class="card-figures">
        <span class={`card-price ${last?.side ?? ''}`}>
          {last === undefined ? '–' : groupedDigits(formatScaled(last.price, last.pricePrecision))}
        </span>
        <span class={change >= 0 ? 'buy' : 'sell'}>
          {Number.isFinite(change)
            ? `${change >= 0 ? '▲ +' : '▼ −'}${Math.abs(change).toFixed(2)} %`
            : ''}
        </span>
        <span class="muted">{spread === undefined ? '' : `${spread.bps.toFixed(1)} bps`}</span>
      </div>
      <div class="spark" ref={spark} />
      <div class="mini-book">
        <div>{book !== undefined && rowsOf(book, book.bids, 'bid')}</div>
        <div>{book !== undefined && rowsOf(book, book.asks, 'ask')}</div>
      </div>
    </article>
  );
};
