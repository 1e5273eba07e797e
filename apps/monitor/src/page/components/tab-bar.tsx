import { layout } from '../layout.ts';
import { usePage } from '../page-context.ts';
import { TABS } from '../stores/settings-store.ts';

const NAMES = {
  chart: 'Chart',
  book: 'Book',
  trades: 'Trades',
  heatmap: 'Heat',
  depth: 'Depth',
  spread: 'Spread',
};

/** On a phone: which panel is shown. */
export const TabBar = () => {
  const { tab, isGrid } = usePage().settings;
  if (layout.value !== 'phone' || isGrid.value) return null;
  return (
    <nav class="tab-bar" aria-label="panels">
      {TABS.map((name) => (
        <button
          key={name}
          type="button"
          aria-current={tab.value === name ? 'page' : undefined}
          onClick={() => (tab.value = name)}
        >
          {NAMES[name]}
        </button>
      ))}
    </nav>
  );
};
