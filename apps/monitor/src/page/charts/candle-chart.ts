import {
  CandlestickSeries,
  ColorType,
  CrosshairMode,
  createChart,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  type MouseEventParams,
  type UTCTimestamp,
} from 'lightweight-charts';
import type { GapMessage } from '../../protocol/control.ts';
import type { View } from '../page-context.ts';
import { readPalette, withAlpha } from '../palette.ts';
import type { CandlesStore, ChartCandle } from '../stores/candles-store.ts';

export interface CandleChartOptions {
  readonly candles: CandlesStore;
  readonly symbol: () => number;
  readonly gaps: () => readonly GapMessage[];
  /** The candle under the pointer, or the newest. */
  readonly onHover: (candle: ChartCandle | undefined) => void;
}

type Series = ISeriesApi<'Candlestick'> | ISeriesApi<'Histogram'>;

/** Four times a second: each drawing is of the whole chart. */
const PERIOD_MS = 250;
/** Candles that are in sight at first. */
const SHOWN = 120;

/** Candles with their volume below them; bars that a hole of the feed touches are banded. */
export class CandleChart implements View {
  readonly #options: CandleChartOptions;
  readonly #chart: IChartApi;
  readonly #candles: ISeriesApi<'Candlestick'>;
  readonly #volume: ISeriesApi<'Histogram'>;
  readonly #bands: ISeriesApi<'Histogram'>;
  readonly #colors: { readonly buy: string; readonly sell: string; readonly gap: string };
  #byTime = new Map<number, ChartCandle>();
  #revision = -1;
  #drawnAt = 0;
  #gaps: readonly GapMessage[] | undefined;

  constructor(host: HTMLElement, options: CandleChartOptions) {
    this.#options = options;
    const palette = readPalette(host);
    this.#colors = {
      buy: withAlpha(palette.buy, 0.45),
      sell: withAlpha(palette.sell, 0.45),
      gap: withAlpha(palette.gap, 0.28),
    };
    this.#chart = createChart(host, {
      autoSize: true,
      layout: {
        background: { type: ColorType.Solid, color: palette.background },
        textColor: palette.muted,
        fontFamily: palette.font,
        fontSize: 11,
        // The page has the notice and the link itself: the logo's own style sheet is inline.
        attributionLogo: false,
      },
      grid: { vertLines: { color: palette.line }, horzLines: { color: palette.line } },
      rightPriceScale: { borderColor: palette.line, scaleMargins: { top: 0.08, bottom: 0.24 } },
      timeScale: {
        borderColor: palette.line,
        timeVisible: true,
        secondsVisible: false,
        rightOffset: 4,
      },
      crosshair: { mode: CrosshairMode.Normal },
    });
    this.#bands = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: 'gaps',
      color: this.#colors.gap,
      lastValueVisible: false,
      priceLineVisible: false,
    });
    this.#chart.priceScale('gaps').applyOptions({ scaleMargins: { top: 0, bottom: 0 } });
    this.#volume = this.#chart.addSeries(HistogramSeries, {
      priceScaleId: 'volume',
      priceFormat: { type: 'volume' },
      lastValueVisible: false,
      priceLineVisible: false,
    });
    this.#chart.priceScale('volume').applyOptions({ scaleMargins: { top: 0.8, bottom: 0 } });
    this.#candles = this.#chart.addSeries(CandlestickSeries, {
      upColor: palette.buy,
      downColor: palette.sell,
      wickUpColor: palette.buy,
      wickDownColor: palette.sell,
      borderVisible: false,
    });
    this.#chart.subscribeCrosshairMove(this.#handleHover);
  }

  draw(now: number): void {
    const { candles, symbol } = this.#options;
    if (now - this.#drawnAt < PERIOD_MS) return;
    const gaps = this.#options.gaps();
    if (candles.symbol !== symbol()) return;
    if (candles.revision === this.#revision && gaps === this.#gaps) return;
    this.#drawnAt = now;
    const isNewGap = gaps !== this.#gaps;
    this.#revision = candles.revision;
    this.#gaps = gaps;
    const changes = candles.takeChanges();
    if (changes === undefined || this.#byTime.size === 0) this.#replace(candles);
    else for (const candle of changes) this.#update(candle);
    if (isNewGap || changes === undefined) this.#drawBands(candles, gaps);
    this.#options.onHover([...this.#byTime.values()].at(-1));
  }

  dispose(): void {
    this.#chart.remove();
  }

  #replace(candles: CandlesStore): void {
    const { all, pricePrecision } = candles;
    this.#byTime = new Map(all.map((candle) => [candle.time, candle]));
    const priceFormat = {
      type: 'price' as const,
      precision: pricePrecision,
      minMove: 10 ** -pricePrecision,
    };
    this.#candles.applyOptions({ priceFormat });
    this.#candles.setData(all.map((candle) => ({ ...candle, time: candle.time as UTCTimestamp })));
    this.#volume.setData(all.map((candle) => this.#bar(candle)));
    const shown = Math.min(all.length, SHOWN);
    this.#chart
      .timeScale()
      .setVisibleLogicalRange({ from: all.length - shown, to: all.length + 3 });
  }

  #update(candle: ChartCandle): void {
    this.#byTime.set(candle.time, candle);
    put(this.#candles, { ...candle, time: candle.time as UTCTimestamp });
    put(this.#volume, this.#bar(candle));
  }

  #bar({ time, open, close, volume }: ChartCandle) {
    const color = close >= open ? this.#colors.buy : this.#colors.sell;
    return { time: time as UTCTimestamp, value: volume, color };
  }

  #drawBands(candles: CandlesStore, gaps: readonly GapMessage[]): void {
    const span = candles.interval * 60;
    const touched = candles.all.filter(({ time }) =>
      gaps.some(
        ({ from, to }) =>
          (from ?? 0) / 1000 < time + span && (to ?? Infinity) / 1000 >= time && from !== undefined,
      ),
    );
    this.#bands.setData(touched.map(({ time }) => ({ time: time as UTCTimestamp, value: 1 })));
  }

  readonly #handleHover = ({ time }: MouseEventParams): void => {
    const hovered = typeof time === 'number' ? this.#byTime.get(time) : undefined;
    this.#options.onHover(hovered ?? [...this.#byTime.values()].at(-1));
  };
}

/** A row older than the newest is none that the chart takes: it then comes with the next whole. */
const put = (series: Series, row: { time: UTCTimestamp }): void => {
  const newest = series.data().at(-1)?.time;
  if (newest === undefined || row.time >= Number(newest)) series.update(row);
};
