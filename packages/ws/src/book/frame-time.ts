import type { Frame } from '@kr/schemas/shared';

const decoder = /* @__PURE__ */ new TextDecoder();
/** The time stands at the very end of a v2 frame. */
const TAIL_BYTES = 64;
const TAIL_TIME = /.*"timestamp":"([^"]+)"/s;
/** Of a level of v1: Unix seconds, six decimals. */
const LEVEL_TIME = /"(\d{10}\.\d{6})"/g;

/** The exchange's time of a v2 message, as printed; empty where it printed none. */
export function timeOfV2({ bytes }: Frame): string {
  return TAIL_TIME.exec(decoder.decode(bytes.subarray(-TAIL_BYTES)))?.[1] ?? '';
}

/** A v1 message has no time of its own: that of its newest level. */
export function timeOfV1({ bytes }: Frame): string {
  let newest = '';
  for (const [, time = ''] of decoder.decode(bytes).matchAll(LEVEL_TIME)) {
    if (time > newest) newest = time;
  }
  return newest;
}
