import { usePage } from '../page-context.ts';
import { VIEWS } from '../stores/settings-store.ts';
import { Choice } from './panel.tsx';

const NAMES = { heatmap: 'Heatmap', depth: 'Depth', spread: 'Spread' };

/** What the lower half of the charts shows. */
export const ViewTabs = () => {
  const { view } = usePage().settings;
  return (
    <Choice
      label="view"
      value={view.value}
      choices={VIEWS}
      text={(name) => NAMES[name]}
      onChange={(name) => (view.value = name)}
    />
  );
};
