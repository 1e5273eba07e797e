const FOREIGN = /[^A-Za-z0-9+/=]/;
const WHITESPACE = /\s/;

/**
 * Why a text is not padded base64 (RFC 4648, section 4), said without the text; `undefined` when it
 * is. To be read after a subject: `The secret …`.
 */
export function explainMalformedBase64(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (text.trim() === '') return 'is only whitespace';
  if (text.trim() !== text) return 'begins or ends with whitespace: was a line break copied along?';
  const whitespace = text.search(WHITESPACE);
  if (whitespace >= 0) return `has whitespace after character ${whitespace}: was it wrapped?`;
  const foreign = text.search(FOREIGN);
  if (foreign >= 0) return `is not base64: character ${foreign + 1} does not belong there`;
  const padding = text.indexOf('=');
  if (padding >= 0 && !/^={1,2}$/.test(text.slice(padding))) {
    return `is not base64: the padding at character ${padding + 1} is not at its end`;
  }
  if (text.length % 4 !== 0) {
    return `has ${text.length} characters, and base64 comes in fours: was it copied whole?`;
  }
  return undefined;
}

/** The bytes of well-formed base64. `atob` because it is in browsers, workers and Node alike. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
