import { trimDecimal } from '@kr/orderbook/decimal';
import { formatScaled, parseScaled } from '../../protocol/scaled.ts';
import { LadderView } from '../charts/ladder-view.ts';
import { usePage, useRevision, useView } from '../page-context.ts';
import { groupSteps } from '../stores/ladder.ts';
import { DEPTHS } from '../stores/settings-store.ts';
import { Choice, Panel } from './panel.tsx';

/** The ladder of the chosen symbol. */
export const LadderPanel = () => {
  const { market, settings } = usePage();
  const symbol = settings.symbol.value;
  const instrument = market.instrument(symbol);
  const isProved = (): boolean => market.of(symbol)?.book.shownStatus === 'verified';
  useRevision(() => (isProved() ? 1 : 0), 30);
  const { depth, group, isCentred } = settings;
  const precision = instrument?.pricePrecision ?? 0;
  const tick =
    instrument === undefined
      ? 1
      : Math.max(1, Number(parseScaled(trimDecimal(instrument.tickSize), precision)));
  const steps = groupSteps(tick);
  const step = steps[group.value] ?? tick;
  const element = useView<HTMLDivElement>(
    (host) =>
      new LadderView(host, {
        book: () => market.of(symbol)?.book,
        depth: depth.value,
        step,
        isCentred: isCentred.value,
        last: () => lastOf(market.of(symbol)?.trades.last),
        onScroll: () => (isCentred.value = false),
      }),
    [symbol, depth.value, step, isCentred.value],
  );
  return (
    <Panel
      name="book"
      title="Book"
      controls={
        <>
          <label class="compact">
            <span class="visually-hidden">group prices by</span>
            <select
              title="group prices by ( − + )"
              value={group.value}
              onChange={(event) => (group.value = Number(event.currentTarget.value))}
            >
              {steps.map((size, i) => (
                <option key={size} value={i}>
                  {trimDecimal(formatScaled(size, precision))}
                </option>
              ))}
            </select>
          </label>
          <Choice
            label="levels"
            value={depth.value}
            choices={DEPTHS}
            onChange={(levels) => (depth.value = levels)}
          />
          <button
            type="button"
            aria-pressed={isCentred.value}
            title="hold the spread in the middle ( c )"
            onClick={() => (isCentred.value = !isCentred.value)}
          >
            Centre
          </button>
        </>
      }
    >
      <div
        class={`ladder${isProved() ? '' : ' is-unproved'}`}
        role="table"
        aria-label={`order book of ${symbol}`}
      >
        <div class="ladder-head" role="row">
          <span role="columnheader">Price {instrument?.quote}</span>
          <span role="columnheader">Size {instrument?.base}</span>
          <span role="columnheader">Total</span>
        </div>
        <div class="ladder-body" role="rowgroup" tabIndex={0} data-symbol={symbol} ref={element} />
      </div>
    </Panel>
  );
};

const lastOf = (
  trade: { price: number | bigint; pricePrecision: number; side: 'buy' | 'sell' } | undefined,
): { price: string; side: 'buy' | 'sell' } | undefined =>
  trade && { price: formatScaled(trade.price, trade.pricePrecision), side: trade.side };
