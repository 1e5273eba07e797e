const decoder = /* @__PURE__ */ new TextDecoder();
/** The longest `,"sequence":…}` that a number can print. */
const TAIL_BYTES = 40;
const SEQUENCE = /"sequence":(\d+)\s*\}\s*$/;
const ANYWHERE = /"sequence":(\d+)/;

/**
 * The `sequence` of a message: at its very end, where the exchange prints it; else looked for in all
 * of it.
 */
export function sequenceOf(bytes: Uint8Array): number | undefined {
  const [, digits] =
    SEQUENCE.exec(decoder.decode(bytes.subarray(-TAIL_BYTES))) ??
    ANYWHERE.exec(decoder.decode(bytes)) ??
    [];
  return digits === undefined ? undefined : Number(digits);
}
