import { effect, type Signal, signal } from '@preact/signals';

export const VIEWS = ['heatmap', 'depth', 'spread'] as const;
type View = (typeof VIEWS)[number];
export const TABS = ['chart', 'book', 'trades', 'heatmap', 'depth', 'spread'] as const;
export type Tab = (typeof TABS)[number];
export const DEPTHS = [10, 25, 50, 100] as const;
export const INTERVALS = [1, 5, 15, 30, 60, 240, 1440] as const;
export const HEAT_MINUTES = [1, 2, 5, 10] as const;

/** What of `Storage` is used. */
export interface SettingsStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

const KEY = 'kr-monitor';

const DEFAULTS = {
  theme: 'dark' as 'dark' | 'light',
  symbol: '',
  view: 'heatmap' as View,
  tab: 'chart' as Tab,
  isGrid: false,
  interval: 1,
  depth: 25,
  /** Index into the grouping's steps. */
  group: 0,
  isCentred: true,
  minSize: 0,
  heatMinutes: 5,
  /** How much of a level makes the hottest colour: 1 is the most there is. */
  heatScale: 0.5,
};
type Settings = typeof DEFAULTS;
type SettingName = keyof Settings;

export type SettingsStore = { readonly [Name in SettingName]: Signal<Settings[Name]> };

/** The page's settings, kept in the browser. What is stored and makes no sense is left out. */
export const createSettings = (
  storage: SettingsStorage | undefined,
  prefersLight: boolean,
): SettingsStore => {
  const stored = read(storage);
  const base = { ...DEFAULTS, theme: prefersLight ? ('light' as const) : DEFAULTS.theme };
  const entries = Object.entries(base).map(([name, value]) => {
    const kept = stored[name];
    return [name, signal(isLike(name, kept, value) ? kept : value)];
  });
  const settings = Object.fromEntries(entries) as unknown as SettingsStore;
  effect(() => {
    const values = Object.entries(settings).map(([name, setting]) => [name, setting.value]);
    try {
      storage?.setItem(KEY, JSON.stringify(Object.fromEntries(values)));
    } catch {
      // A full or forbidden storage costs the settings and nothing else.
    }
  });
  return settings;
};

const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  theme: ['dark', 'light'],
  view: VIEWS,
  tab: TABS,
  interval: INTERVALS,
  depth: DEPTHS,
  heatMinutes: HEAT_MINUTES,
};

const isLike = (name: string, kept: unknown, value: unknown): boolean => {
  const choices = CHOICES[name];
  if (choices !== undefined) return choices.includes(kept);
  if (typeof kept === 'number')
    return typeof value === 'number' && kept >= 0 && Number.isFinite(kept);
  return typeof kept === typeof value;
};

const read = (storage: SettingsStorage | undefined): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};
