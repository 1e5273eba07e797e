import type { Dialog } from './app.tsx';
import type { Page } from './page-context.ts';
import { DEPTHS, INTERVALS, VIEWS } from './stores/settings-store.ts';

/** What each key does, for the help as well. */
export const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['/', 'search for a symbol'],
  ['[ ]', 'the symbol before, the next one'],
  ['g', 'grid of all open symbols, and back'],
  ['1 2 3', 'heatmap, depth, spread'],
  ['d', 'levels of the ladder'],
  ['− +', 'group prices finer, coarser'],
  ['c', 'hold the spread in the middle, or let it go'],
  ['i', 'interval of the candles'],
  ['t', 'dark or light'],
  ['?', 'this help'],
  ['Esc', 'close what is open'],
];

/** The next of a list, around its end. */
const after = <T>(list: readonly T[], value: T, step = 1): T =>
  list[(list.indexOf(value) + step + list.length) % list.length] as T;

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName);

export const createKeyHandler = (
  { market, settings }: Page,
  open: (dialog: Dialog) => void,
): ((event: KeyboardEvent) => void) => {
  const turn = (step: number): void => {
    const symbols = market.hello.value?.symbols ?? [];
    if (symbols.length > 0) settings.symbol.value = after(symbols, settings.symbol.value, step);
  };
  const actions: Readonly<Record<string, () => void>> = {
    '/': () => open('search'),
    '?': () => open('help'),
    '[': () => turn(-1),
    ']': () => turn(1),
    g: () => (settings.isGrid.value = !settings.isGrid.value),
    d: () => (settings.depth.value = after(DEPTHS, settings.depth.value as never)),
    i: () => (settings.interval.value = after(INTERVALS, settings.interval.value as never)),
    c: () => (settings.isCentred.value = !settings.isCentred.value),
    t: () => (settings.theme.value = settings.theme.value === 'dark' ? 'light' : 'dark'),
    '-': () => (settings.group.value = Math.max(0, settings.group.value - 1)),
    '+': () => (settings.group.value = Math.min(9, settings.group.value + 1)),
    '=': () => (settings.group.value = Math.min(9, settings.group.value + 1)),
  };
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector('dialog[open]') !== null) return;
    const view = VIEWS[Number(event.key) - 1];
    if (view !== undefined) {
      settings.view.value = view;
      return;
    }
    const action = actions[event.key];
    if (action === undefined) return;
    // A `/` that opens the search must not be typed into it.
    event.preventDefault();
    action();
  };
};
