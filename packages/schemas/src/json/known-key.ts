import { copyOf } from './copy-of.ts';

/** A key that was seen, as it stands in a text without spaces, and the two that followed it last. */
export class KnownKey {
  readonly key: string;
  readonly token: string;
  next: KnownKey | undefined;
  other: KnownKey | undefined;

  constructor(key: string) {
    this.key = key;
    this.token = `"${key}":`;
    this.next = undefined;
    this.other = undefined;
  }
}

/** Bounded: a key that falls on another's place takes it. */
const PLACES = 1024;
const known: (KnownKey | undefined)[] = /* @__PURE__ */ Array.from({ length: PLACES });

/** The one of a key; `undefined` for a key that JSON would print with escapes: no token is like it. */
export function knownKeyOf(key: string): KnownKey | undefined {
  if (key.includes('"') || key.includes('\\')) return undefined;
  let hash = key.length;
  for (let index = 0; index < key.length; index += 1) {
    hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  }
  const place = (hash ^ (hash >>> 10)) & (PLACES - 1);
  const found = known[place];
  if (found?.key === key) return found;
  const made = new KnownKey(copyOf(key));
  known[place] = made;
  return made;
}
