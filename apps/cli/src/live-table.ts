import { fitLine } from './output/ladder-text.ts';
import { counted, elapsed, grouped } from './output/numbers.ts';
import type { Column, LiveView, Row } from './output/result.ts';
import { fitTable } from './output/table.ts';
import type { Session } from './session.ts';
import { openScreen } from './terminal.ts';

/** Ten times a second is as often as anybody can read. */
const DRAW_MS = 100;
const NOTES = 3;

export interface LiveTable {
  readonly title: string;
  readonly columns: readonly Column[];
  /** Rows with the same in these replace each other; without any, the newest rows are shown. */
  readonly keys: readonly string[];
  readonly rows: AsyncIterable<Row>;
  /** What is told beside the rows; it is asked for at each drawing. */
  readonly notes: readonly string[];
  /** What the key that ends it does. */
  readonly onQuit: () => void;
}

/** Shows rows as they come until there are no more; what was shown last stays on the terminal. */
export const showLiveTable = async (
  table: LiveTable,
  { terminal, style, simulated }: LiveView,
  { io }: Session,
): Promise<void> => {
  const kept = new Map<string, Row>();
  const startedNs = io.clock.monotonicNs();
  let count = 0;
  const keyOf = (row: Row): string =>
    table.keys.length === 0 ? `${count}` : table.keys.map((key) => String(row[key])).join(' ');

  const linesOf = (rows: readonly Row[], width: number): string[] =>
    fitTable(table.columns, rows, { width, style }).trimEnd().split('\n');
  const heading = (): string => {
    const ms = Number(io.clock.monotonicNs() - startedNs) / 1e6;
    const mark = simulated ? '  sandbox (simulated)' : '';
    const perSecond = `${((count * 1000) / Math.max(ms, 1)).toFixed(1)}/s`;
    const facts = `  ${[elapsed(ms), counted(count, 'row'), perSecond].join(' · ')}`;
    const room = terminal.columns - mark.length - facts.length;
    const { title } = table;
    const shown = title.length <= room ? title : `${title.slice(0, Math.max(0, room - 2))} …`;
    const line = [
      [shown, style.heading],
      [mark, style.notice],
      [facts, style.faint],
    ] as const;
    return fitLine(line, terminal.columns).trimEnd();
  };

  const screen = openScreen(terminal);
  let timer: unknown;
  const draw = (): void => {
    const notes = table.notes
      .slice(-NOTES)
      .map((note) => style.notice(note.slice(0, terminal.columns)));
    // Heading, a free line, the titles, a free line, notes and the keys.
    const room = Math.max(1, terminal.rows - 5 - notes.length);
    const rows = [...kept.values()].slice(table.keys.length === 0 ? -room : 0);
    const body =
      rows.length === 0
        ? [style.faint('waiting for the first …')]
        : linesOf(rows, terminal.columns);
    const hidden = body.length - room - 1;
    const keys = hidden > 0 ? `${grouped(hidden)} more lines · q quits` : 'q quits';
    screen.draw([heading(), '', ...body.slice(0, room + 1), '', ...notes, style.faint(keys)]);
  };
  const tick = (): void => {
    draw();
    timer = io.timers.setTimeout(tick, DRAW_MS);
  };
  const stopKeys = terminal.onKey((key) => {
    if (key === 'q' || key === 'escape') table.onQuit();
  });
  const stopResize = terminal.onResize(draw);
  tick();
  try {
    for await (const row of table.rows) {
      kept.set(keyOf(row), row);
      count += 1;
      const [first] = kept.keys();
      // More than any screen has.
      if (table.keys.length === 0 && kept.size > 500 && first !== undefined) kept.delete(first);
    }
  } finally {
    io.timers.clearTimeout(timer);
    stopKeys();
    stopResize();
    screen.close();
  }
  const rows = [...kept.values()].slice(-Math.max(1, terminal.rows - 3));
  terminal.write(
    `${heading()}\n${rows.length === 0 ? '' : `${linesOf(rows, terminal.columns).join('\n')}\n`}`,
  );
};
