import { formatTimestamp, parseTimestamp } from '@kr/schemas/shared';
import { RestError } from './errors.ts';
import { paginate } from './paginate.ts';

type Rows<Row> = readonly (readonly [id: string, row: Row])[];

/** An endpoint that gives what came after a moment, oldest first. */
export interface ForwardSource<Row> {
  readonly endpoint: string;
  /** As many as one page is asked for. */
  readonly pageSize: number;
  /** As many as one page can hold. */
  readonly largestPage: number;
  readonly fetch: (since: string, count: number) => Promise<{ rows: Rows<Row>; last: string }>;
  /** The moment right before one, so that the rows of that very moment are given, too. */
  readonly justBefore: (moment: string) => string | undefined;
}

interface Since {
  readonly since: string;
  readonly count: number;
}

/**
 * Several rows share a moment, and a page can end between them. Each page is therefore asked for from
 * right before the last moment of the one before; only when that brings nothing new, from after it.
 */
export function pagesForward<Row>(first: string, source: ForwardSource<Row>) {
  const { endpoint, pageSize, largestPage, fetch, justBefore } = source;
  const start: Since = { since: first, count: pageSize };
  return paginate(start, async ({ since, count }: Since) => {
    const { rows, last } = await fetch(since, count);
    return {
      rows,
      next: (fresh: number): Since | undefined => {
        if (rows.length === 0 || last === '' || last === since) return undefined;
        const overlapping = justBefore(last);
        if (fresh > 0) return { since: overlapping ?? last, count: pageSize };
        if (since !== overlapping) return undefined;
        // A whole page of one moment: the others of it fit a larger page, or are out of reach.
        if (rows.length < count) return { since: last, count: pageSize };
        if (count < largestPage) return { since, count: largestPage };
        throw stuck(endpoint, last, largestPage);
      },
    };
  });
}

/** An endpoint that gives so many rows before a moment, newest first. */
export interface BackwardSource<Row> {
  readonly endpoint: string;
  readonly pageSize: number;
  /** Before `undefined`: the newest. */
  readonly fetch: (before: string | undefined) => Promise<readonly Row[]>;
  readonly idOf: (row: Row) => string;
  readonly timeOf: (row: Row) => string;
}

interface Before {
  readonly time: string | undefined;
  /** Whether it lies right after the last row's time, so that the rows of that time are given again. */
  readonly overlaps: boolean;
}

/** {@link pagesForward} the other way. */
export function pagesBackward<Row>(first: string | undefined, source: BackwardSource<Row>) {
  const { endpoint, pageSize, fetch, idOf, timeOf } = source;
  const start: Before = { time: first, overlaps: false };
  return paginate(start, async ({ time, overlaps }: Before) => {
    const list = await fetch(time);
    const rows = list.map((row) => [idOf(row), row] as const);
    const oldest = list.at(-1);
    return {
      rows,
      next: (fresh: number): Before | undefined => {
        if (oldest === undefined) return undefined;
        const moment = timeOf(oldest);
        if (fresh > 0) return { time: justAfter(moment), overlaps: true };
        if (!overlaps) return undefined;
        const isOneMoment = list.every((row) => timeOf(row) === moment);
        if (isOneMoment && list.length >= pageSize) throw stuck(endpoint, moment, pageSize);
        return { time: moment, overlaps: false };
      },
    };
  });
}

/** The next whole millisecond: what Futures counts in. A time of another form stays as it is. */
function justAfter(moment: string): string {
  const ns = parseTimestamp(moment);
  if (ns === undefined) return moment;
  const nextNs = (ns / 1_000_000n + 1n) * 1_000_000n;
  return `${formatTimestamp(nextNs).slice(0, 23)}Z`;
}

function stuck(endpoint: string, moment: string, pageSize: number): RestError<'PAGE_STUCK'> {
  return new RestError(
    'PAGE_STUCK',
    `${endpoint}: ${pageSize} rows or more share the moment ${moment}, and a page holds no more.`,
    {
      endpoint,
      category: 'protocol',
      retryable: false,
      effect: 'none',
      advice: 'Some of them may be out of reach; go on from that moment to leave them out.',
    },
    { moment },
  );
}
