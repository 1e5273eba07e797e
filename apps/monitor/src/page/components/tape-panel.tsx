import { TapeView } from '../charts/tape-view.ts';
import { usePage, useView } from '../page-context.ts';
import { Panel } from './panel.tsx';

/** The trades of the chosen symbol. */
export const TapePanel = () => {
  const { market, settings } = usePage();
  const symbol = settings.symbol.value;
  const instrument = market.instrument(symbol);
  const { minSize } = settings;
  const element = useView<HTMLOListElement>(
    (host) =>
      new TapeView(host, {
        trades: () => market.of(symbol)?.trades,
        gaps: () => market.gapsOf(symbol),
        minSize: minSize.value,
      }),
    [symbol, minSize.value],
  );
  return (
    <Panel
      name="trades"
      title="Trades"
      controls={
        <label class="compact">
          <span>min {instrument?.base}</span>
          <input
            type="number"
            min="0"
            step="any"
            value={minSize.value === 0 ? '' : minSize.value}
            placeholder="all"
            onInput={(event) =>
              (minSize.value = Math.max(0, event.currentTarget.valueAsNumber || 0))
            }
          />
        </label>
      }
    >
      <div class="tape-head" aria-hidden="true">
        <span>UTC</span>
        <span>Price {instrument?.quote}</span>
        <span>Size {instrument?.base}</span>
      </div>
      <ol
        class="tape"
        aria-label={`trades of ${symbol}, newest first`}
        tabIndex={0}
        ref={element}
      />
    </Panel>
  );
};
