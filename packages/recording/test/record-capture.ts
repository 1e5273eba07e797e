import { readFrames } from '../src/read/read-frames.ts';
import { openWriter, START_NS, textFrame } from './support.ts';

/** Records the lines of a capture, 10 ms apart, into a directory of small segments. */
export async function recordCapture(
  capture: string,
  directory: string,
  maxBytes = 60_000,
): Promise<void> {
  const writer = await openWriter(directory, {
    header: { source: 'sandbox', url: 'ws://127.0.0.1', subscriptions: [] },
    rotate: { maxBytes },
  });
  let sequence = 0;
  for await (const { bytes } of readFrames(capture)) {
    const wallNs = START_NS + BigInt(sequence) * 10_000_000n;
    writer.append({ ...textFrame('', sequence, 1, wallNs), bytes });
    sequence += 1;
  }
  await writer.close();
}

/** Records texts, a second apart. */
export async function recordTexts(
  texts: readonly string[],
  directory: string,
  maxBytes = 4000,
): Promise<void> {
  const writer = await openWriter(directory, {
    header: { source: 'sandbox', url: 'ws://127.0.0.1', subscriptions: [] },
    rotate: { maxBytes },
  });
  for (const [at, text] of texts.entries()) {
    writer.append(textFrame(text, at, 1, START_NS + BigInt(at) * 1_000_000_000n));
  }
  await writer.close();
}
