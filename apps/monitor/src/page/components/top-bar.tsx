import { formatScaled } from '../../protocol/scaled.ts';
import { groupedDigits, shortNumber } from '../format/text.ts';
import { usePage, useRevision } from '../page-context.ts';
import { spreadOf } from '../stores/ladder.ts';

export interface TopBarProps {
  readonly onSearch: () => void;
  readonly onHelp: () => void;
}

const Figure = ({ name, text, kind = '' }: { name: string; text: string; kind?: string }) => (
  <div class={`figure ${kind}`}>
    <dt>{name}</dt>
    <dd>{text}</dd>
  </div>
);

/** The chosen symbol, its price, and what the last day was. */
export const TopBar = ({ onSearch, onHelp }: TopBarProps) => {
  const { market, settings } = usePage();
  const symbol = settings.symbol.value;
  const stores = market.of(symbol);
  useRevision(() => {
    const { trades, book } = market.of(symbol) ?? {};
    return (trades?.revision ?? 0) + (book?.revision ?? -1);
  }, 8);
  const index = market.indexOf(symbol);
  const summary = market.status.value?.symbols.find((row) => row.symbol === index);
  const last = stores?.trades.last;
  const price =
    last === undefined ? (summary?.last ?? '–') : formatScaled(last.price, last.pricePrecision);
  const change = Number(summary?.changePercent ?? Number.NaN);
  const direction = last?.side === 'sell' ? 'sell' : 'buy';
  const { book } = stores ?? {};
  const spread = book && spreadOf(book.bids, book.asks, book.pricePrecision);
  const isDark = settings.theme.value === 'dark';
  return (
    <header class="top-bar">
      <button type="button" class="symbol-button" onClick={onSearch} title="search ( / )">
        <strong>{symbol === '' ? '…' : symbol}</strong>
        <span aria-hidden="true">▾</span>
        <span class="visually-hidden">choose another symbol</span>
      </button>
      <div class={`price ${direction}`}>
        <span aria-hidden="true">{direction === 'buy' ? '▲' : '▼'}</span> {groupedDigits(price)}
      </div>
      <dl class="figures">
        <Figure
          name="24 h"
          text={
            Number.isFinite(change)
              ? `${change >= 0 ? '+' : '−'}${Math.abs(change).toFixed(2)} %`
              : '–'
          }
          kind={change >= 0 ? 'buy' : 'sell'}
        />
        <Figure name="Spread" text={spread === undefined ? '–' : `${spread.bps.toFixed(2)} bps`} />
        <Figure name="High" text={groupedDigits(summary?.high ?? '–')} />
        <Figure name="Low" text={groupedDigits(summary?.low ?? '–')} />
        <Figure
          name="Volume"
          text={summary?.volume === undefined ? '–' : shortNumber(Number(summary.volume))}
        />
      </dl>
      <div class="actions">
        <button
          type="button"
          aria-pressed={settings.isGrid.value}
          onClick={() => (settings.isGrid.value = !settings.isGrid.value)}
        >
          Grid
        </button>
        <button type="button" onClick={() => (settings.theme.value = isDark ? 'light' : 'dark')}>
          {isDark ? 'Light' : 'Dark'}
        </button>
        <button type="button" onClick={onHelp} aria-label="keys and help">
          ?
        </button>
      </div>
    </header>
  );
};
