import uPlot from 'uplot';
import { clockText } from '../format/text.ts';
import type { View } from '../page-context.ts';
import { readPalette } from '../palette.ts';
import { type ColumnsStore, type Series, seriesOf } from '../stores/columns-store.ts';
import { area, axis, createPlot, type Plot, RIGHT } from './plot-frame.ts';

export interface SpreadChartsOptions {
  readonly columns: () => ColumnsStore | undefined;
  readonly onHover: (text: string) => void;
}

type Name = 'mid' | 'spreadBps' | 'imbalance';
const NAMES: readonly Name[] = ['mid', 'spreadBps', 'imbalance'];
const LABELS: Readonly<Record<Name, string>> = {
  mid: 'Mid',
  spreadBps: 'Spread, bps',
  imbalance: 'Imbalance of ten levels',
};

/** Mid, spread and imbalance below each other, with one pointer; where nothing is known nothing is drawn. */
export class SpreadCharts implements View {
  readonly #host: HTMLElement;
  readonly #options: SpreadChartsOptions;
  readonly #plots: Plot[];
  #series: Series | undefined;
  #store: ColumnsStore | undefined;
  #revision = -1;

  constructor(host: HTMLElement, options: SpreadChartsOptions) {
    this.#host = host;
    this.#options = options;
    const palette = readPalette(host);
    const colors: Readonly<Record<Name, string>> = {
      mid: palette.accent,
      spreadBps: palette.sell,
      imbalance: palette.buy,
    };
    const sync = uPlot.sync('spread');
    this.#plots = NAMES.map((name, i) => {
      const figure = host.appendChild(document.createElement('figure'));
      figure.className = 'spread-figure';
      figure.appendChild(document.createElement('figcaption')).textContent = LABELS[name];
      const body = figure.appendChild(document.createElement('div'));
      const isLast = i === NAMES.length - 1;
      const imbalance: uPlot.Scale = name === 'imbalance' ? { range: [-1, 1] } : {};
      return createPlot(
        body,
        {
          legend: { show: false },
          cursor: { y: false, sync: { key: sync.key }, points: { size: 5 } },
          scales: { x: { time: true }, y: imbalance },
          axes: [
            axis(palette, {
              size: isLast ? 26 : 4,
              values: (_, ticks) => ticks.map((tick) => (isLast ? clockText(tick * 1000) : '')),
              space: 110,
            }),
            axis(palette, {
              ...RIGHT,
              size: 74,
              space: 26,
              values: (_, ticks) => ticks.map((tick) => this.#text(name, tick)),
            }),
          ],
          series: [{}, { label: LABELS[name], ...area(colors[name]), spanGaps: false }],
          hooks: { setCursor: [(plot) => this.#hover(plot)] },
        },
        [[], []],
      );
    });
  }

  draw(): void {
    const store = this.#options.columns();
    if (store === undefined) return;
    if (store === this.#store && store.revision === this.#revision) return;
    this.#store = store;
    this.#revision = store.revision;
    const series = seriesOf(store.columns, store.pricePrecision);
    this.#series = series;
    this.#host.dataset['gaps'] = String(store.columns.filter(({ isGap }) => isGap).length);
    NAMES.forEach((name, i) => {
      this.#plots[i]?.plot.setData([series.times, series[name]]);
    });
  }

  dispose(): void {
    for (const { dispose } of this.#plots) dispose();
    this.#host.replaceChildren();
  }

  #text(name: Name, value: number): string {
    return value.toFixed(name === 'mid' ? (this.#store?.pricePrecision ?? 0) : 2);
  }

  #hover(plot: uPlot): void {
    const index = plot.cursor.idx;
    const series = this.#series;
    const time = index == null ? undefined : series?.times[index];
    if (index == null || series === undefined || time === undefined) {
      this.#options.onHover('');
      return;
    }
    const values = NAMES.map((name) => {
      const value = series[name][index];
      return value == null
        ? undefined
        : `${name === 'spreadBps' ? 'spread' : name} ${this.#text(name, value)}`;
    }).filter((text) => text !== undefined);
    const what = values.length === 0 ? 'gap: nothing is proved here' : values.join('  ');
    this.#options.onHover(`${clockText(time * 1000)}  ${what}`);
  }
}
