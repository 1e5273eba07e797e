const RFC3339 = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$/;

/** `2026-11-21T02:30:00.123456789Z` of nanoseconds since the Unix epoch; always nine digits, so text sorts as time. */
export function formatTimestamp(wallNs: bigint): string {
  const seconds = wallNs / 1_000_000_000n;
  const ns = (wallNs % 1_000_000_000n).toString().padStart(9, '0');
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${ns}Z`;
}

/** Nanoseconds since the Unix epoch of an RFC 3339 UTC text with up to nine digits; `undefined` when it is none. */
export function parseTimestamp(text: string): bigint | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const ms = Date.parse(`${match[1]}Z`);
  if (Number.isNaN(ms)) return undefined;
  return BigInt(ms) * 1_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'));
}
