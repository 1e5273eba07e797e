import { usePage } from '../page-context.ts';
import { GridCard } from './grid-card.tsx';

/** All open symbols at once. */
export const GridView = () => {
  const { market, settings } = usePage();
  const open = market.hello.value?.symbols ?? [];
  const symbols = [...new Set([...open, settings.symbol.value])].filter((symbol) => symbol !== '');
  return (
    <main class="grid" aria-label="open symbols">
      {symbols.map((symbol) => (
        <GridCard key={symbol} symbol={symbol} />
      ))}
    </main>
  );
};
