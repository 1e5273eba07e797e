import { useSignal } from '@preact/signals';
import { CandleChart } from '../charts/candle-chart.ts';
import { preciseClockText, shortNumber } from '../format/text.ts';
import { usePage, useView } from '../page-context.ts';
import type { ChartCandle } from '../stores/candles-store.ts';
import { INTERVALS } from '../stores/settings-store.ts';
import { Choice, Panel, Readout } from './panel.tsx';

const intervalText = (minutes: number): string =>
  minutes < 60 ? `${minutes}m` : minutes < 1440 ? `${minutes / 60}h` : `${minutes / 1440}d`;

/** Candles and volume of the chosen symbol. */
export const CandlesPanel = () => {
  const { market, settings } = usePage();
  const symbol = settings.symbol.value;
  const { interval, theme } = settings;
  const hovered = useSignal<ChartCandle | undefined>(undefined);
  const element = useView<HTMLDivElement>(
    (host) =>
      new CandleChart(host, {
        candles: market.candles,
        symbol: () => market.indexOf(symbol),
        gaps: () => market.gaps.value,
        onHover: (candle) => (hovered.value = candle),
      }),
    [symbol, interval.value, theme.value],
  );
  const candle = hovered.value;
  const precision = market.candles.pricePrecision;
  const text =
    candle === undefined
      ? ''
      : `${preciseClockText(candle.time * 1000).slice(0, 5)}  O ${candle.open.toFixed(precision)}  H ${candle.high.toFixed(precision)}  L ${candle.low.toFixed(precision)}  C ${candle.close.toFixed(precision)}  V ${shortNumber(candle.volume)}`;
  return (
    <Panel
      name="chart"
      title="Candles"
      controls={
        <>
          <Readout text={text} />
          <Choice
            label="interval"
            value={interval.value}
            choices={INTERVALS}
            text={intervalText}
            onChange={(minutes) => (interval.value = minutes)}
          />
        </>
      }
    >
      <div class="chart-body" ref={element} />
    </Panel>
  );
};
