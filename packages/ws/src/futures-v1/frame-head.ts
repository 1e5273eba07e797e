import type { Subject } from '../protocol/named-router.ts';

const decoder = /* @__PURE__ */ new TextDecoder();
/** Feed, product and number stand at the beginning of the frames that come by the thousand. */
const HEAD_BYTES = 192;
const FEED = /"feed":"([a-z_]+)"/;
const PRODUCT = /"product_id":"([^"]+)"/;
const SEQ = /"seq":(\d+)/;
const SNAPSHOT = '_snapshot';

/** What a frame is about, the feed without its `_snapshot`; `undefined` for what has no feed. */
export function subjectOf(bytes: Uint8Array): Subject | undefined {
  const head = decoder.decode(bytes.subarray(0, HEAD_BYTES));
  const feed = (FEED.exec(head) ?? FEED.exec(decoder.decode(bytes)))?.[1];
  if (feed === undefined) return undefined;
  const isSnapshot = feed.endsWith(SNAPSHOT);
  const channel = isSnapshot ? feed.slice(0, -SNAPSHOT.length) : feed;
  const symbol = (PRODUCT.exec(head) ?? PRODUCT.exec(decoder.decode(bytes)))?.[1];
  return { channel, symbol, isSnapshot };
}

export function sequenceOf(bytes: Uint8Array): number | undefined {
  const head = decoder.decode(bytes.subarray(0, HEAD_BYTES));
  const digits = (SEQ.exec(head) ?? SEQ.exec(decoder.decode(bytes)))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
