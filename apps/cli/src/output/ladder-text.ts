import { alignDecimals, widest } from './align.ts';
import { fitParts } from './fit-parts.ts';
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
/** `ask  `, and what stands at a price. */
const SIDE = 5;
const ORDERS = 8;
const MIN_BAR = 6;
const MAX_BAR = 40;

/** As long as its share of the largest, to an eighth of a character. */
export const bar = (share: number, width: number): string => {
  const eighths = Math.round(Math.min(Math.max(share, 0), 1) * width * 8);
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
};

export interface LadderView {
  readonly width: number;
  readonly style: Style;
  /** Asks are given so many lines, however few there are: what is in the middle stays where it is. */
  readonly height?: number;
}

/**
 * The ladder as traders read it: the asks above, the best of both sides in the middle, quantities and
 * their sums beside the prices, and bars where there is room for them. Where there is little, sums and
 * then the numbers of orders are left out: a number is never cut.
 */
export const ladderLines = (
  { asks, bids, ...top }: Ladder,
  { width, style, height = 0 }: LadderView,
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
  const needed = SIDE + price.width + 2 + quantity.width;
  const hasOrders = levels.some(({ orders }) => orders !== undefined) && needed + ORDERS <= width;
  const ordersWidth = hasOrders ? ORDERS : 0;
  const hasSums = needed + ordersWidth + 2 + cumulative.width <= width;
  const used = needed + ordersWidth + (hasSums ? 2 + cumulative.width : 0) + 2;
  const room = Number.isFinite(width) ? Math.min(MAX_BAR, width - used) : 0;
  const barWidth = room >= MIN_BAR ? room : 0;
  // Lengths alone are floats: nobody reads more than an eighth of a character.
  const most = Math.max(...levels.map((level) => Number(level.quantity)), 0);
  const sums = (text: string): string => (hasSums ? `  ${text}` : '');
  const head = `${' '.repeat(SIDE)}${price.title}  ${quantity.title}${sums(cumulative.title)}${hasOrders ? '  orders' : ''}`;
  const row = (level: LadderLevel): Line => {
    const paint = level.side === 'ask' ? style.ask : style.good;
    const orders = hasOrders ? `${level.orders ?? ''}`.padStart(ordersWidth) : '';
    return [
      [`${level.side}  `, style.faint],
      [price.cell(level.price), paint],
      [`  ${quantity.cell(level.quantity)}`, plain],
      [`${sums(cumulative.cell(level.cumulative))}${orders}`, style.faint],
      [barWidth === 0 ? '' : `  ${bar(Number(level.quantity) / most, barWidth)}`, paint],
    ];
  };
  return [
    [[head, style.faint]],
    ...Array.from({ length: Math.max(0, height - asks.length) }, () => []),
    ...asks.toReversed().map(row),
    [[middle(top, width), style.heading]],
    ...bids.map(row),
  ];
};

const middle = (
  { spread, spreadBps, mid }: Omit<Ladder, 'asks' | 'bids'>,
  width: number,
): string =>
  spread === undefined
    ? '---  one side is empty'
    : fitParts([`---  spread ${spread}`, `${spreadBps?.toFixed(2)} bps`, `mid ${mid}`], width);

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
