import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { usePage } from '../page-context.ts';
import { searchInstruments } from '../stores/search.ts';
import { Badge } from './badge.tsx';

const SHOWN = 30;

/** Finds a symbol by parts of its name: arrows choose, Enter opens. */
export const SymbolSearch = ({ onClose }: { readonly onClose: () => void }) => {
  const { market, settings } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  const query = useSignal('');
  const chosen = useSignal(0);
  useEffect(() => dialog.current?.showModal(), []);
  const open = market.hello.value?.symbols ?? [];
  const found = searchInstruments(market.instruments.value, query.value, open).slice(0, SHOWN);
  const summaries = market.status.value?.symbols ?? [];
  const choose = (symbol: string | undefined): void => {
    if (symbol !== undefined) settings.symbol.value = symbol;
    onClose();
  };
  const handleKey = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (event.key === 'Enter') choose(found[chosen.value]?.symbol);
    if (step === undefined || found.length === 0) return;
    event.preventDefault();
    chosen.value = (chosen.value + step + found.length) % found.length;
  };
  return (
    <dialog
      class="search"
      ref={dialog}
      onClose={onClose}
      onKeyDown={handleKey}
      aria-label="choose a symbol"
    >
      <input
        type="search"
        role="combobox"
        aria-expanded="true"
        aria-controls="found"
        aria-activedescendant={`found-${chosen.value}`}
        aria-label="part of a symbol's name"
        placeholder="BTC, usd, doge…"
        value={query.value}
        onInput={(event) => {
          query.value = event.currentTarget.value;
          chosen.value = 0;
        }}
      />
      <ul id="found" role="listbox" aria-label="symbols">
        {found.map(({ symbol, status }, i) => {
          const summary = summaries.find((row) => row.symbol === market.indexOf(symbol));
          return (
            <li
              key={symbol}
              id={`found-${i}`}
              role="option"
              aria-selected={i === chosen.value}
              onClick={() => choose(symbol)}
            >
              <strong>{symbol}</strong>
              <span class="muted">{status === 'online' ? (summary?.last ?? '') : status}</span>
              {summary !== undefined && <Badge status={summary.status} isSmall />}
            </li>
          );
        })}
      </ul>
      {found.length === 0 && <p class="muted">No symbol has that in its name.</p>}
    </dialog>
  );
};
