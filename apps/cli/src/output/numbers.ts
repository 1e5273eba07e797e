/** 1234567 → `1,234,567`; of a whole number. Node's own loads the rules of all languages: a tenth of a start. */
export const grouped = (value: number): string =>
  String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');

/** 1 → `1 gap`, 2 → `2 gaps`. */
export const counted = (count: number, what: string): string =>
  `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;

/** 1536 → `1.5 kB`; powers of 1000, as disks are sold. */
export const bytes = (value: number): string => {
  const names = ['B', 'kB', 'MB', 'GB', 'TB'];
  let scaled = value;
  let at = 0;
  while (scaled >= 1000 && at < names.length - 1) {
    scaled /= 1000;
    at += 1;
  }
  return `${at === 0 ? scaled : scaled.toFixed(1)} ${names[at] ?? ''}`;
};

/** 83_000 → `1m 23s`. */
export const elapsed = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ] as const;
  const from = parts.findIndex(([amount]) => amount > 0);
  return (from === -1 ? parts.slice(2) : parts.slice(from))
    .map(([amount, unit]) => `${amount}${unit}`)
    .join(' ');
};
