/** What a frame is about. */
export interface FrameSubject {
  /** `undefined`: an answer to a request. */
  readonly channel: string | undefined;
  readonly type: string | undefined;
  readonly symbols: readonly string[];
}

/** How the frames of one symbol begin; all others are parsed. */
const COMMON = /^\{"channel":"([^"\\]+)","type":"([^"\\]+)","data":\[\{"symbol":"([^"\\]+)"/;
const COMMON_BYTES = 160;
/** Its rows may be of more than one symbol. */
const MIXED = 'trade';

export function readSubject(bytes: Uint8Array): FrameSubject {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [, channel, type, symbol] = COMMON.exec(buffer.toString('latin1', 0, COMMON_BYTES)) ?? [];
  if (channel !== undefined && symbol !== undefined && channel !== MIXED) {
    return { channel, type, symbols: [symbol] };
  }
  return readParsed(buffer.toString('utf8'));
}

function readParsed(text: string): FrameSubject {
  let message: { channel?: unknown; type?: unknown; data?: unknown } | null;
  try {
    message = JSON.parse(text) as typeof message;
  } catch {
    message = null;
  }
  const { channel, type, data } = message ?? {};
  const symbols = new Set<string>();
  for (const row of Array.isArray(data) ? (data as ({ symbol?: unknown } | null)[]) : []) {
    if (typeof row?.symbol === 'string') symbols.add(row.symbol);
  }
  return { channel: textOf(channel), type: textOf(type), symbols: [...symbols] };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
