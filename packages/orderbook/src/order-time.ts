/**
 * An order's time in nanoseconds does not fit a double. It is kept as two numbers that compare in
 * turn: its digits to the second (20240108121805) and the nanoseconds. A time that is absent or of
 * another form is 0 and 0, before any other.
 */
export interface OrderTime {
  readonly seconds: number;
  readonly nanos: number;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/;
const NEVER: OrderTime = { seconds: 0, nanos: 0 };

export function parseOrderTime(text: string | undefined): OrderTime {
  const match = text === undefined ? null : RFC3339.exec(text);
  if (match === null) return NEVER;
  return {
    seconds: Number(match.slice(1, 7).join('')),
    nanos: Number((match[7] ?? '').padEnd(9, '0')),
  };
}

/** RFC 3339 with nanoseconds; undefined for a time that was not known. */
export function formatOrderTime(seconds: number, nanos: number): string | undefined {
  if (seconds === 0) return undefined;
  const digits = seconds.toString().padStart(14, '0');
  const at = (start: number, end: number): string => digits.slice(start, end);
  const date = `${at(0, 4)}-${at(4, 6)}-${at(6, 8)}`;
  const fraction = nanos.toString().padStart(9, '0');
  return `${date}T${at(8, 10)}:${at(10, 12)}:${at(12, 14)}.${fraction}Z`;
}
