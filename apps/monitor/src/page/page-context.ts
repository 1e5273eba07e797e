import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { FrameLoop } from './frame-loop.ts';
import type { Link } from './stores/link.ts';
import type { MarketStore } from './stores/market-store.ts';
import type { SettingsStore } from './stores/settings-store.ts';

export interface Page {
  readonly market: MarketStore;
  readonly settings: SettingsStore;
  readonly link: Link;
  readonly frames: FrameLoop;
}

export const PageContext = createContext<Page | undefined>(undefined);

export const usePage = (): Page => {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('There is no page around this component.');
  return page;
};

/** Renders anew when a revision has changed, at most so many times a second. */
export const useRevision = (revision: () => number, perSecond: number): void => {
  const { frames } = usePage();
  const [, render] = useState(0);
  const latest = useRef(revision);
  latest.current = revision;
  useEffect(() => {
    let shown = latest.current();
    let shownAt = 0;
    return frames.add((now) => {
      if (now - shownAt < 1000 / perSecond || latest.current() === shown) return;
      shown = latest.current();
      shownAt = now;
      render((count) => count + 1);
    });
  }, [frames, perSecond]);
};

/** What draws by itself into an element: made when it is mounted, told to draw before each frame. */
export interface View {
  draw(now: number): void;
  dispose(): void;
}

/** Mounts a view; made anew when one of `keys` changes. */
export const useView = <E extends HTMLElement>(
  create: (element: E) => View,
  keys: readonly unknown[],
): { current: E | null } => {
  const { frames } = usePage();
  const element = useRef<E>(null);
  useEffect(() => {
    if (element.current === null) return undefined;
    const view = create(element.current);
    const stop = frames.add((now) => view.draw(now));
    return () => {
      stop();
      view.dispose();
    };
  }, [frames, ...keys]);
  return element;
};
