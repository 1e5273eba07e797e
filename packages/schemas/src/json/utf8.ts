import { SchemaError } from '../schema-error.ts';

/** Only what is declared nowhere without DOM or Node types: this package has neither. */
interface Utf8Decoder {
  decode(bytes: Uint8Array): string;
}
const { TextDecoder } = globalThis as unknown as {
  TextDecoder: new (label: string, options: { fatal: boolean; ignoreBOM: boolean }) => Utf8Decoder;
};
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of UTF-8 bytes. @throws SchemaError `MALFORMED_JSON` when they are not UTF-8 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new SchemaError('MALFORMED_JSON', 'The message is not UTF-8 text.', {}, { cause });
  }
}
