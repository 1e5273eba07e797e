import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { DepthChart } from '../charts/depth-chart.ts';
import { usePage, useView } from '../page-context.ts';
import { Panel, Readout } from './panel.tsx';

/** What stands in the chosen symbol's book up to each price. */
export const DepthPanel = ({ tabs }: { readonly tabs?: ComponentChildren }) => {
  const { market, settings } = usePage();
  const symbol = settings.symbol.value;
  const hovered = useSignal('');
  const element = useView<HTMLDivElement>(
    (host) =>
      new DepthChart(host, {
        book: () => market.of(symbol)?.book,
        onHover: (text) => (hovered.value = text),
      }),
    [symbol, settings.theme.value],
  );
  return (
    <Panel name="depth" title={tabs ?? 'Depth'} controls={<Readout text={hovered.value} />}>
      <div class="chart-body" ref={element} />
    </Panel>
  );
};
