export interface Row {
  readonly name: string;
  /** Nanoseconds a message: the 10th percentile of all chunks, and their median. */
  readonly quietNs: number;
  readonly medianNs: number;
}

interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

export interface Figures {
  readonly machine: string;
  readonly node: string;
  readonly messages: number;
  readonly rounds: number;
  readonly l2: Readonly<Record<number, readonly Row[]>>;
  /** By the number of books behind one router. */
  readonly routed: Readonly<Record<number, Row>>;
  readonly latencyUs: { readonly orderbook: Latency; readonly ccxt: Latency };
  readonly heapBytesPerMessage: number;
  /** One book of depth 1000. */
  readonly bookBytes: number;
  l3: Record<
    number,
    { readonly orders: number; readonly eventsPerMessage: number; readonly rows: readonly Row[] }
  >;
}

export interface Target {
  readonly what: string;
  readonly limit: number;
  readonly least: boolean;
  readonly found: number;
  readonly met: boolean;
}

export interface Report extends Figures {
  readonly targets: readonly Target[];
}

const OURS = 'orderbook';

function ratio(rows: readonly Row[], name: string, ours = OURS): number {
  const of = (wanted: string): number => rows.find((row) => row.name === wanted)?.quietNs ?? NaN;
  return of(name) / of(ours);
}

function atLeast(what: string, limit: number, found: number): Target {
  return { what, limit, least: true, found, met: found >= limit };
}

function atMost(what: string, limit: number, found: number): Target {
  return { what, limit, least: false, found, met: found <= limit };
}

/** What the project promises, beside what was found. */
export function judge(figures: Figures): Target[] {
  const { l2, routed, latencyUs, l3 } = figures;
  const depths = Object.keys(l2).map(Number);
  const worst = (name: string): number =>
    Math.min(...depths.map((depth) => ratio(l2[depth]!, name)));
  const ours = (depth: number): number => l2[depth]!.find(({ name }) => name === OURS)!.quietNs;
  const perEvent = (depth: number): number => {
    const { rows, eventsPerMessage } = l3[depth]!;
    return rows.find(({ name }) => name === 'orderbook L3')!.quietNs / eventsPerMessage;
  };
  const naive = (depth: number): number =>
    ratio(l3[depth]!.rows, 'JSON.parse + Map + arrays + crc-32 L3', 'orderbook L3');
  return [
    atLeast('times ccxt with its checksum', 40, worst('ccxt, checksum on and repaired')),
    atLeast('times ccxt as shipped', 15, worst('ccxt as shipped (verifies nothing)')),
    atLeast(
      'times JSON.parse + sorted arrays + crc-32',
      9,
      worst('JSON.parse + sorted arrays + crc-32'),
    ),
    atLeast('times JSON.parse alone', 4, worst('JSON.parse alone')),
    atMost('depth 10 to 1000', 1.25, ours(1000) / ours(10)),
    atMost('1 to 1000 books', 1.8, routed[1000]!.quietNs / routed[1]!.quietNs),
    atMost('bytes of heap a message', 8, figures.heapBytesPerMessage),
    atLeast('99.9th percentile, times ccxt', 10, latencyUs.ccxt.p999 / latencyUs.orderbook.p999),
    atLeast('L3, times the usual book, depth 10', 9, naive(10)),
    atLeast('L3, times the usual book, depth 1000', 6, naive(1000)),
    atMost('L3, an event at 1000 to one at 10', 1.3, perEvent(1000) / perEvent(10)),
    atMost('kB of a book of depth 1000', 150, figures.bookBytes / 1000),
  ];
}

function us({ p50, p99, p999 }: Latency): string {
  return [p50, p99, p999].map((value) => value.toFixed(1)).join(' / ');
}

/** The tables of the README. */
export function formatReport(report: Report): string {
  const { l2, routed, latencyUs, l3, targets } = report;
  const depths = Object.keys(l2).map(Number);
  const names = l2[depths[0]!]!.map(({ name }) => name);
  const cellOf = (depth: number, name: string): string =>
    (l2[depth]!.find((row) => row.name === name)?.quietNs ?? NaN).toFixed(0);
  const lines = [
    `${report.machine}; Node ${report.node}; ${report.messages} messages a stream, ` +
      `${report.rounds} interleaved rounds, 10th percentile of chunks.`,
    '',
    `| ns a message, depth | ${depths.join(' | ')} |`,
    `| --- |${depths.map(() => ' ---: |').join('')}`,
    ...names.map(
      (name) => `| ${name} | ${depths.map((depth) => cellOf(depth, name)).join(' | ')} |`,
    ),
    '',
    '| ns a message | |',
    '| --- | ---: |',
    `| frames as texts, depth 100 | ${cellOf(100, 'orderbook, texts')} |`,
    `| 1 book behind the router | ${routed[1]!.quietNs.toFixed(0)} |`,
    `| 1000 books behind the router | ${routed[1000]!.quietNs.toFixed(0)} |`,
    ...Object.entries(l3).flatMap(([depth, { orders, eventsPerMessage, rows }]) =>
      rows.map(
        ({ name, quietNs }) =>
          `| L3, depth ${depth} (${orders} orders, ${eventsPerMessage.toFixed(2)} events a ` +
          `message): ${name} | ${quietNs.toFixed(0)} |`,
      ),
    ),
    '',
    `Latency in µs, p50 / p99 / p99.9: orderbook ${us(latencyUs.orderbook)}, ccxt ${us(latencyUs.ccxt)}.`,
    '',
    '| target | limit | found | |',
    '| --- | ---: | ---: | --- |',
    ...targets.map(
      ({ what, limit, least, found, met }) =>
        `| ${what} | ${least ? '≥' : '≤'} ${limit} | ${found.toFixed(2)} | ${met ? 'met' : 'MISSED'} |`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}
