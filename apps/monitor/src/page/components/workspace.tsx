import { layout } from '../layout.ts';
import { usePage } from '../page-context.ts';
import type { Tab } from '../stores/settings-store.ts';
import { CandlesPanel } from './candles-panel.tsx';
import { DepthPanel } from './depth-panel.tsx';
import { HeatmapPanel } from './heatmap-panel.tsx';
import { LadderPanel } from './ladder-panel.tsx';
import { SpreadPanel } from './spread-panel.tsx';
import { TapePanel } from './tape-panel.tsx';
import { ViewTabs } from './view-tabs.tsx';

const PANELS: Readonly<Record<Tab, () => preact.JSX.Element>> = {
  chart: () => <CandlesPanel />,
  book: () => <LadderPanel />,
  trades: () => <TapePanel />,
  heatmap: () => <HeatmapPanel />,
  depth: () => <DepthPanel />,
  spread: () => <SpreadPanel />,
};

/** One symbol from all sides; on a phone one side at a time. */
export const Workspace = () => {
  const { settings } = usePage();
  if (layout.value === 'phone') {
    return <main class="workspace phone">{PANELS[settings.tab.value]()}</main>;
  }
  const tabs = <ViewTabs />;
  return (
    <main class={`workspace ${layout.value}`}>
      <div class="charts">
        <CandlesPanel />
        {settings.view.value === 'heatmap' && <HeatmapPanel tabs={tabs} />}
        {settings.view.value === 'depth' && <DepthPanel tabs={tabs} />}
        {settings.view.value === 'spread' && <SpreadPanel tabs={tabs} />}
      </div>
      <LadderPanel />
      <TapePanel />
    </main>
  );
};
