import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { GridView } from './components/grid-view.tsx';
import { HelpDialog } from './components/help-dialog.tsx';
import { SimulatedStrip } from './components/simulated-strip.tsx';
import { StatusBar } from './components/status-bar.tsx';
import { SymbolSearch } from './components/symbol-search.tsx';
import { TabBar } from './components/tab-bar.tsx';
import { TopBar } from './components/top-bar.tsx';
import { Workspace } from './components/workspace.tsx';
import { createKeyHandler } from './keyboard.ts';
import { type Page, PageContext } from './page-context.ts';

/** Which dialog is open. */
export type Dialog = 'none' | 'search' | 'help';

export const App = ({ page }: { readonly page: Page }) => {
  const dialog = useSignal<Dialog>('none');
  useEffect(() => {
    const handle = createKeyHandler(page, (open) => {
      dialog.value = open;
    });
    addEventListener('keydown', handle);
    return () => removeEventListener('keydown', handle);
  }, [page, dialog]);
  const close = (): void => {
    dialog.value = 'none';
  };
  return (
    <PageContext.Provider value={page}>
      <div class="page">
        <SimulatedStrip />
        <TopBar onSearch={() => (dialog.value = 'search')} onHelp={() => (dialog.value = 'help')} />
        {page.settings.isGrid.value ? <GridView /> : <Workspace />}
        <TabBar />
        <StatusBar />
      </div>
      {dialog.value === 'search' && <SymbolSearch onClose={close} />}
      {dialog.value === 'help' && <HelpDialog onClose={close} />}
    </PageContext.Provider>
  );
};
