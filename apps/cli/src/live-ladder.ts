import type { Io } from './io.ts';
import { fitParts } from './output/fit-parts.ts';
import { type Ladder, type LadderBook, ladderOf } from './output/ladder.ts';
import { fitLine, type Line, ladderLines, plain } from './output/ladder-text.ts';
import type { LiveView } from './output/result.ts';
import type { Style } from './output/style.ts';
import { openScreen } from './terminal.ts';

const DRAW_MS = 100;
/** Of the tick size. */
const MULTIPLES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const;
/** Narrower, a ladder is no use: the others wait for Tab. */
const MIN_WIDTH = 46;
const NOTES = 2;

/** Why there is no book to show, and how bad that is. */
export interface Absence {
  readonly reason: string;
  /** `waiting`: nothing is wrong; `mending`: something was, and is seen to; `lost`: it will not come by itself. */
  readonly kind: 'waiting' | 'mending' | 'lost';
}

/** A book as it stands, or why there is none. */
export interface Shown {
  readonly symbol: string;
  readonly depth: number;
  readonly tickSize: string | undefined;
  readonly book: LadderBook | undefined;
  /** Where there is no book: why. */
  readonly absence: Absence | undefined;
  /** Messages since it began. */
  readonly messages: number;
}

export interface LiveLadders {
  /** Asked for at each drawing. */
  readonly shown: () => readonly Shown[];
  readonly notes: readonly string[];
  /** A line below everything else: where a replay stands. */
  readonly footer?: () => string;
  /** Keys beyond those of every ladder; true: it was one. */
  readonly onKey?: (key: string) => boolean;
  readonly keys?: string;
  readonly onQuit: () => void;
  /** It shows until then. */
  readonly over: Promise<unknown>;
}

const KEYS = 'q quits · g G group · space holds · tab next';

/** Ladders side by side on a screen of their own; the last one stays on the terminal. */
export const showLadders = async (
  ladders: LiveLadders,
  { terminal, style, simulated }: LiveView,
  { clock, timers }: Io,
): Promise<void> => {
  let grouping = 0;
  let first = 0;
  let isHeld = false;
  let timer: unknown;
  const startedNs = clock.monotonicNs();
  const seconds = (): number => Math.max(Number(clock.monotonicNs() - startedNs) / 1e9, 0.001);

  const compose = (): string[] => {
    const all = ladders.shown();
    const { columns, rows } = terminal;
    const visible = Math.max(1, Math.min(all.length, Math.floor(columns / MIN_WIDTH)));
    const width = Math.floor(columns / visible);
    const notes = ladders.notes.slice(-NOTES);
    // Two lines of heading, the titles, the middle, notes, the footer and the keys.
    const count = Math.max(1, Math.floor((rows - 6 - notes.length) / 2));
    const blocks = all
      .map((_, at) => all[(first + at) % all.length])
      .filter((one) => one !== undefined)
      .slice(0, visible)
      .map((one) =>
        blockOf(one, {
          count,
          multiple: MULTIPLES[grouping] ?? 1,
          width: width - (visible > 1 ? 2 : 0),
          style,
          perSecond: one.messages / seconds(),
        }),
      );
    const height = Math.max(...blocks.map(({ length }) => length));
    const lines = Array.from({ length: height }, (_, at) =>
      blocks
        .map((block) => fitLine(block[at] ?? [], width))
        .join('')
        .trimEnd(),
    );
    const mark = simulated ? [[`sandbox (simulated)  `, style.notice] as const] : [];
    const held = isHeld ? [['held  ', style.heading] as const] : [];
    const hidden = all.length > visible ? `${all.length - visible} more · ` : '';
    const keys = [`${hidden}${ladders.keys ?? ''}${KEYS}`, style.faint] as const;
    return [
      ...lines,
      ...notes.map((note) => fitLine([[note, style.notice]], columns).trimEnd()),
      ...(ladders.footer === undefined ? [] : [ladders.footer()]),
      fitLine([...mark, ...held, keys], columns).trimEnd(),
    ];
  };

  const screen = openScreen(terminal);
  let last = compose();
  const draw = (): void => {
    if (!isHeld) last = compose();
    screen.draw(last);
  };
  const tick = (): void => {
    draw();
    timer = timers.setTimeout(tick, DRAW_MS);
  };
  const handleKey = (key: string): void => {
    if (key === 'q' || key === 'escape') ladders.onQuit();
    else if (ladders.onKey?.(key) === true) return;
    else if (key === 'g' || key === '+') grouping = Math.min(grouping + 1, MULTIPLES.length - 1);
    else if (key === 'G' || key === '-') grouping = Math.max(grouping - 1, 0);
    else if (key === 'tab' || key === 'right') first += 1;
    else if (key === 'left') first += ladders.shown().length - 1;
    else if (key === 'space') {
      isHeld = !isHeld;
      // What says that it is held is drawn once more.
      last = compose();
    }
    draw();
  };
  const stopKeys = terminal.onKey(handleKey);
  const stopResize = terminal.onResize(() => {
    last = compose();
    draw();
  });
  tick();
  try {
    await ladders.over;
  } finally {
    timers.clearTimeout(timer);
    stopKeys();
    stopResize();
    last = compose();
    screen.close();
  }
  const mark = simulated ? `${style.notice('sandbox (simulated)')}\n` : '';
  terminal.write(`${mark}${last.slice(0, -1).join('\n')}\n`);
};

interface BlockOptions {
  readonly count: number;
  readonly multiple: number;
  readonly width: number;
  readonly style: Style;
  readonly perSecond: number;
}

const blockOf = (shown: Shown, options: BlockOptions): Line[] => {
  const { symbol, depth, tickSize, book, absence } = shown;
  const { style, multiple, perSecond, width, count } = options;
  const group = multiple === 1 ? [] : [`group ×${multiple}`];
  const facts = [`depth ${depth}`, ...group, `${perSecond.toFixed(1)} msg/s`];
  const title: Line = [
    [symbol, style.heading],
    [`  ${fitParts(facts, width - symbol.length - 2)}`, style.faint],
  ];
  if (book === undefined) return [title, absenceLine(absence, style)];
  const ladder: Ladder = ladderOf(book, { count, multiple, tickSize });
  const verdict = { verified: book.verified, checksum: book.checksum() };
  const height = Math.min(count, depth);
  return [title, badge(verdict, style), ...ladderLines(ladder, { width, style, height })];
};

/** A book that has not come yet is no failure. */
const absenceLine = (
  { kind, reason }: Absence = { kind: 'waiting', reason: '' },
  style: Style,
): Line => {
  const [mark, paint] = (
    {
      waiting: ['…', style.faint],
      mending: ['↻', style.notice],
      lost: ['✗', style.failure],
    } as const
  )[kind];
  return [[`${mark} ${reason}`, paint]];
};

/** Whether all of it is what the exchange has. */
export const badge = (
  { verified, checksum }: { readonly verified: boolean; readonly checksum: number },
  style: Style,
): Line =>
  verified
    ? [
        ['✓ verified', style.good],
        [` checksum ${checksum}`, plain],
      ]
    : [['✗ NOT VERIFIED', style.failure]];
