/** `12:04:31` in UTC. */
export const clockText = (ms: number): string => new Date(ms).toISOString().slice(11, 19);

/** `12:04:31.250` in UTC. */
export const preciseClockText = (ms: number): string => new Date(ms).toISOString().slice(11, 23);

const SUFFIXES = ['', 'k', 'M', 'B', 'T', 'Q'];

/** Four digits and a suffix: `1234567` is `1.235M`. For sums at a glance; exact figures stand in the ladder. */
export const shortNumber = (value: number): string => {
  if (!Number.isFinite(value)) return '–';
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && magnitude < 0.001) return '<0.001';
  const step = magnitude < 1000 ? 0 : Math.min(Math.floor(Math.log10(magnitude) / 3), 5);
  const scaled = value / 1000 ** step;
  const digits = Math.abs(scaled) >= 100 ? 1 : Math.abs(scaled) >= 10 ? 2 : 3;
  return `${scaled.toFixed(digits)}${SUFFIXES[step] ?? ''}`;
};

/** `1234567` is `1,234,567`. */
export const countText = (value: number): string => value.toLocaleString('en-US');

/** Thousands apart, digits as they are: `65432.1` is `65,432.1`. */
export const groupedDigits = (text: string): string => {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

export const bytesText = (bytes: number): string => {
  let [value, unit] = [bytes, 0];
  while (value >= 1000 && unit < UNITS.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value.toFixed(unit === 0 ? 0 : 1)} ${UNITS[unit] ?? ''}`;
};

/** `850 ms`, `12.4 s`, `3 min`. */
export const durationText = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.round(ms / 60_000)} min`;
};
