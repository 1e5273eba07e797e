/** The text of `[start, end)`, with the language alone; undefined when it is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = '';
  let plain = true;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte > 0x7f) plain = false;
    text += String.fromCharCode(byte);
  }
  if (plain) return text;
  try {
    return decodeURIComponent(
      text.replaceAll(/[%\u0080-\u00ff]/g, (character) => {
        return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
      }),
    );
  } catch {
    return undefined;
  }
}
