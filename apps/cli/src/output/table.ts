import { alignDecimals, widest } from './align.ts';
import { type Column, formatCell, type Row } from './result.ts';
import type { Style } from './style.ts';

const GAP = '  ';

interface LaidOut {
  readonly title: string;
  readonly cells: readonly string[];
  readonly width: number;
}

/**
 * A table that fits. A number is never cut: what does not fit is left out from the right, whole
 * columns at a time, and the last line says which. A column with nothing in it is not shown.
 */
export const fitTable = (
  columns: readonly Column[],
  rows: readonly Row[],
  { width, style }: { readonly width: number; readonly style: Style },
): string => {
  const filled = columns.filter(({ key }) => rows.some((row) => formatCell(row[key]) !== ''));
  const laidOut = filled.map((column) => layOut(column, rows));
  const shown = fitting(laidOut, width);
  const lines = rows.map((_, row) => joined(shown.map(({ cells }) => cells[row] ?? '')));
  const head = style.heading(joined(shown.map(({ title }) => title)));
  const dropped = filled.slice(shown.length).map(({ key }) => key);
  const more = dropped.length === 0 ? '' : `${style.faint(tooNarrowFor(dropped, width))}\n`;
  return `${[head, ...lines].map((line) => `${line}\n`).join('')}${more}`;
};

/** Names as many of them as fit into one line. */
const tooNarrowFor = (names: readonly string[], width: number): string => {
  const line = (count: number): string => {
    const named = names.slice(0, count).join(', ');
    const others = count === names.length ? '' : ` and ${names.length - count} more`;
    return `… too narrow for ${named}${others} (-o csv has all)`;
  };
  const fitting = names.findLastIndex((_, at) => line(at + 1).length <= width);
  return fitting === -1 ? `… ${names.length} more in -o csv`.slice(0, width) : line(fitting + 1);
};

const layOut = (column: Column, rows: readonly Row[]): LaidOut => {
  const { key, title = key, align = 'left', shown = (text) => text } = column;
  const texts = rows.map((row) => shown(formatCell(row[key]).replaceAll(/\s+/g, ' ')));
  if (align === 'left') {
    const width = widest([title, ...texts].map(({ length }) => length));
    return { title: title.padEnd(width), cells: texts.map((text) => text.padEnd(width)), width };
  }
  const aligned = alignDecimals(texts);
  const points = texts.map(aligned);
  const width = widest([title, ...points].map(({ length }) => length));
  return { title: title.padStart(width), cells: points.map((cell) => cell.padStart(width)), width };
};

/** The first always, then as many as there is room for. */
const fitting = (columns: readonly LaidOut[], width: number): readonly LaidOut[] => {
  let used = -GAP.length;
  const fit = columns.findIndex((column) => {
    used += GAP.length + column.width;
    return used > width;
  });
  return fit === -1 ? columns : columns.slice(0, Math.max(1, fit));
};

const joined = (cells: readonly string[]): string => cells.join(GAP).trimEnd();
