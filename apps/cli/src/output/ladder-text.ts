import { alignDecimals, widest } from './align.ts';
import type { Ladder, LadderLevel } from './ladder.ts';
import type { Style } from './style.ts';

/** A piece of a line, and its colour. */
type Segment = readonly [text: string, paint: (text: string) => string];
export type Line = readonly Segment[];

export const plain = (text: string): string => text;

/** Exactly so wide: cut or filled up. */
export const fitLine = (line: Line, width: number): string => {
  let left = width;
  const parts = line.map(([text, paint]) => {
    const shown = text.slice(0, left);
    left -= shown.length;
    return shown === '' ? '' : paint(shown);
  });
  return Number.isFinite(left) ? `${parts.join('')}${' '.repeat(left)}` : parts.join('');
};

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'] as const;
const MIN_BAR = 6;
const MAX_BAR = 40;

/** As long as its share of the largest, to an eighth of a character. */
export const bar = (share: number, width: number): string => {
  const eighths = Math.round(Math.min(Math.max(share, 0), 1) * width * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
};

/**
 * The ladder as traders read it: the asks above, the best of both sides in the middle, quantities and
 * their sums beside the prices, and bars where there is room for them.
 */
export const ladderLines = (
  { asks, bids, ...top }: Ladder,
  { width, style }: { readonly width: number; readonly style: Style },
): Line[] => {
  const levels = [...asks, ...bids];
  const price = column(
    'price',
    levels.map((level) => level.price),
  );
  const quantity = column(
    'quantity',
    levels.map((level) => level.quantity),
  );
  const cumulative = column(
    'cumulative',
    levels.map((level) => level.cumulative),
  );
  const hasOrders = levels.some(({ orders }) => orders !== undefined);
  const ordersWidth = hasOrders ? 8 : 0;
  const used = 5 + price.width + 2 + quantity.width + 2 + cumulative.width + ordersWidth + 2;
  const room = Number.isFinite(width) ? Math.min(MAX_BAR, width - used) : 0;
  const barWidth = room >= MIN_BAR ? room : 0;
  // Lengths alone are floats: nobody reads more than an eighth of a character.
  const most = Math.max(...levels.map((level) => Number(level.quantity)), 0);
  const head = `     ${price.title}  ${quantity.title}  ${cumulative.title}${hasOrders ? '  orders' : ''}`;
  const row = (level: LadderLevel): Line => {
    const paint = level.side === 'ask' ? style.ask : style.good;
    const orders = hasOrders ? `${level.orders ?? ''}`.padStart(ordersWidth) : '';
    return [
      [`${level.side}  `, style.faint],
      [price.cell(level.price), paint],
      [`  ${quantity.cell(level.quantity)}`, plain],
      [`  ${cumulative.cell(level.cumulative)}${orders}`, style.faint],
      [barWidth === 0 ? '' : `  ${bar(Number(level.quantity) / most, barWidth)}`, paint],
    ];
  };
  return [
    [[head, style.faint]],
    ...asks.toReversed().map(row),
    [[middle(top), style.heading]],
    ...bids.map(row),
  ];
};

const middle = ({ spread, spreadBps, mid }: Omit<Ladder, 'asks' | 'bids'>): string =>
  spread === undefined
    ? '---  one side is empty'
    : `---  spread ${spread} · ${spreadBps?.toFixed(2)} bps · mid ${mid}`;

interface LaidOut {
  readonly title: string;
  readonly width: number;
  cell(text: string): string;
}

const column = (name: string, texts: readonly string[]): LaidOut => {
  const align = alignDecimals(texts);
  const width = Math.max(name.length, widest(texts.map((text) => align(text).length)));
  return { title: name.padStart(width), width, cell: (text) => align(text).padStart(width) };
};
