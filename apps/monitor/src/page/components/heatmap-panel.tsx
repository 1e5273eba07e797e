import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { HeatmapView } from '../charts/heatmap-view.ts';
import { usePage, useView } from '../page-context.ts';
import { HEAT_MINUTES } from '../stores/settings-store.ts';
import { Choice, Panel, Readout } from './panel.tsx';

/** The chosen symbol's book over time. */
export const HeatmapPanel = ({ tabs }: { readonly tabs?: ComponentChildren }) => {
  const { market, settings } = usePage();
  const symbol = settings.symbol.value;
  const { heatMinutes, heatScale, theme } = settings;
  const columnMs = market.hello.value?.columnMs ?? 500;
  const hovered = useSignal('');
  const element = useView<HTMLDivElement>(
    (host) =>
      new HeatmapView(host, {
        columns: () => market.of(symbol)?.columns,
        trades: () => market.of(symbol)?.trades,
        columnMs,
        minutes: heatMinutes.value,
        scale: heatScale.value,
        theme: theme.value,
        onHover: (text) => (hovered.value = text),
      }),
    [symbol, columnMs, heatMinutes.value, heatScale.value, theme.value],
  );
  return (
    <Panel
      name="heatmap"
      title={tabs ?? 'Heatmap'}
      controls={
        <>
          <Readout text={hovered.value} />
          <label class="compact">
            <span>heat</span>
            <input
              type="range"
              min="0"
              max="1"
              step="0.05"
              value={1 - heatScale.value}
              onInput={(event) => (heatScale.value = 1 - event.currentTarget.valueAsNumber)}
            />
          </label>
          <Choice
            label="minutes"
            value={heatMinutes.value}
            choices={HEAT_MINUTES}
            text={(minutes) => `${minutes}m`}
            onChange={(minutes) => (heatMinutes.value = minutes)}
          />
        </>
      }
    >
      <div class="chart-body" ref={element} />
    </Panel>
  );
};
