import { effect } from '@preact/signals';
import { MAX_WATCHED } from '../protocol/commands.ts';
import { FrameLoop } from './frame-loop.ts';
import type { Page } from './page-context.ts';
import { Link } from './stores/link.ts';
import { MarketStore } from './stores/market-store.ts';
import { createSettings, type SettingsStorage } from './stores/settings-store.ts';

const storage = (): SettingsStorage | undefined => {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
};

const now = (): number => performance.now();

/** The page's stores, joined: what is watched follows what is shown. */
export const createPage = (): Page => {
  const market = new MarketStore(now);
  const prefersLight = matchMedia('(prefers-color-scheme: light)').matches;
  const settings = createSettings(storage(), prefersLight);
  const link = new Link({
    open: () => new WebSocket(new URL('./stream', location.href)),
    onBatch: (batch) => {
      market.takeBatch(batch);
    },
    onLost: () => {
      market.lose();
    },
    now,
    setTimeout: (callback, ms) => setTimeout(callback, ms),
  });
  market.onPong = (id) => {
    link.handlePong(id);
  };
  effect(() => {
    const names = market.hello.value?.symbols ?? [];
    const known = market.instruments.value;
    const chosen = settings.symbol.value;
    if (known.length === 0) return;
    // One that this market does not have: a stored choice of another one.
    if (!known.some(({ symbol }) => symbol === chosen)) settings.symbol.value = names[0] ?? '';
  });
  effect(() => {
    const symbol = settings.symbol.value;
    const names = settings.isGrid.value ? (market.hello.value?.symbols ?? []) : [];
    if (symbol === '' || market.instruments.value.length === 0) return;
    link.watch([...new Set([symbol, ...names])].slice(0, MAX_WATCHED));
  });
  effect(() => {
    const symbol = settings.symbol.value;
    const interval = settings.interval.value;
    if (symbol !== '' && market.instruments.value.length > 0) link.candles(symbol, interval);
  });
  effect(() => {
    document.documentElement.dataset['theme'] = settings.theme.value;
  });
  effect(() => {
    const { simulated = false, title = '' } = market.hello.value ?? {};
    const mark = simulated ? `[${title.toUpperCase()}] ` : '';
    document.title = `${mark}${settings.symbol.value} · kr monitor`;
  });
  link.start();
  return { market, settings, link, frames: new FrameLoop() };
};
