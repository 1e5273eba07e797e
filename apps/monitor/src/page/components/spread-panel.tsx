import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { SpreadCharts } from '../charts/spread-charts.ts';
import { usePage, useView } from '../page-context.ts';
import { Panel, Readout } from './panel.tsx';

/** Mid, spread and imbalance of the chosen symbol over time. */
export const SpreadPanel = ({ tabs }: { readonly tabs?: ComponentChildren }) => {
  const { market, settings } = usePage();
  const symbol = settings.symbol.value;
  const hovered = useSignal('');
  const element = useView<HTMLDivElement>(
    (host) =>
      new SpreadCharts(host, {
        columns: () => market.of(symbol)?.columns,
        onHover: (text) => (hovered.value = text),
      }),
    [symbol, settings.theme.value],
  );
  return (
    <Panel name="spread" title={tabs ?? 'Spread'} controls={<Readout text={hovered.value} />}>
      <div class="chart-body spread-body" ref={element} />
    </Panel>
  );
};
