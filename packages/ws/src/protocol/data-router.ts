import type { Target } from '../subscriptions/subscription.ts';
import { matchesAt, parseIncoming } from './incoming.ts';
import type { FrameRouter, Visit } from './protocol.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LOWER_S = 0x73;
/** `{"channel":"` is what `startsAsData` saw. */
const CHANNEL_AT = 12;
const TYPE_KEY = /* @__PURE__ */ new TextEncoder().encode('","type":"');
const SYMBOL_KEY = /* @__PURE__ */ new TextEncoder().encode('"symbol":"');
/** How far the search may move on when the byte at its end is this one. */
const SKIPS = /* @__PURE__ */ skipsOf(SYMBOL_KEY);
/** Their frames are about one symbol each: the rest of the frame needs no look. */
const ONE_SYMBOL_A_FRAME: ReadonlySet<string> = new Set(['book', 'level3']);

interface Route<T> {
  readonly symbolBytes: Uint8Array;
  readonly value: T;
}

interface ChannelRoutes<T> {
  readonly name: string;
  readonly nameBytes: Uint8Array;
  readonly oneSymbol: boolean;
  wide: T | undefined;
  /** By hash of the symbol's bytes; a collision makes a list longer. */
  readonly bySymbol: Map<number, Route<T>[]>;
}

/**
 * Finds the subscriptions that a data frame belongs to, in its bytes: no text is made and nothing is
 * parsed, so that watching a subscription costs next to nothing. Expects frames that begin with
 * `{"channel":"`.
 */
export class DataRouter<T> implements FrameRouter<T> {
  readonly #channels = new Map<string, ChannelRoutes<T>>();
  readonly #encoder = new TextEncoder();

  set(channel: string, symbol: Target, value: T): void {
    let routes = this.#channels.get(channel);
    if (routes === undefined) {
      const nameBytes = this.#encoder.encode(channel);
      const oneSymbol = ONE_SYMBOL_A_FRAME.has(channel);
      routes = { name: channel, nameBytes, oneSymbol, wide: undefined, bySymbol: new Map() };
      this.#channels.set(channel, routes);
    }
    if (symbol === undefined) {
      routes.wide = value;
      return;
    }
    const symbolBytes = this.#encoder.encode(symbol);
    const hash = hashOf(symbolBytes, 0, symbolBytes.length);
    const others = this.#others(routes, hash, symbolBytes);
    routes.bySymbol.set(hash, [...others, { symbolBytes, value }]);
  }

  delete(channel: string, symbol: Target): void {
    const routes = this.#channels.get(channel);
    if (routes === undefined) return;
    if (symbol === undefined) routes.wide = undefined;
    else {
      const symbolBytes = this.#encoder.encode(symbol);
      const hash = hashOf(symbolBytes, 0, symbolBytes.length);
      const others = this.#others(routes, hash, symbolBytes);
      if (others.length === 0) routes.bySymbol.delete(hash);
      else routes.bySymbol.set(hash, others);
    }
    if (routes.wide === undefined && routes.bySymbol.size === 0) this.#channels.delete(channel);
  }

  route(bytes: Uint8Array, visit: Visit<T>): void {
    const routes = this.#channelOf(bytes);
    if (routes === undefined) return;
    let at = CHANNEL_AT + routes.nameBytes.length;
    const isSnapshot = saysSnapshot(bytes, at);
    if (routes.wide !== undefined) visit(routes.wide, isSnapshot);
    if (routes.bySymbol.size === 0) return;
    for (;;) {
      const start = afterSymbolKey(bytes, at);
      if (start === -1) return;
      const end = endOfText(bytes, start);
      if (end === -1) return;
      const found = routes.bySymbol.get(hashOf(bytes, start, end));
      for (const route of found ?? []) {
        if (isSame(bytes, start, end, route.symbolBytes)) visit(route.value, isSnapshot);
      }
      if (routes.oneSymbol) return;
      at = end;
    }
  }

  #channelOf(bytes: Uint8Array): ChannelRoutes<T> | undefined {
    for (const routes of this.#channels.values()) {
      const end = CHANNEL_AT + routes.nameBytes.length;
      if (bytes[end] === QUOTE && isSame(bytes, CHANNEL_AT, end, routes.nameBytes)) return routes;
    }
    return undefined;
  }

  #others(routes: ChannelRoutes<T>, hash: number, symbolBytes: Uint8Array): Route<T>[] {
    const routesThere = routes.bySymbol.get(hash) ?? [];
    return routesThere.filter(
      (route) => !isSame(symbolBytes, 0, symbolBytes.length, route.symbolBytes),
    );
  }
}

/** Where the type stands in the exchange's own layout one byte tells; else it is looked for. */
function saysSnapshot(bytes: Uint8Array, nameEnd: number): boolean {
  if (matchesAt(bytes, TYPE_KEY, nameEnd)) {
    return bytes[nameEnd + TYPE_KEY.length] === LOWER_S;
  }
  const incoming = parseIncoming(bytes);
  return incoming.kind === 'data' && incoming.isSnapshot;
}

/**
 * Where the text after the next `"symbol":"` begins, or -1. Horspool's search: most bytes are never
 * looked at (https://en.wikipedia.org/wiki/Boyer%E2%80%93Moore%E2%80%93Horspool_algorithm).
 */
function afterSymbolKey(bytes: Uint8Array, from: number): number {
  for (let end = from + SYMBOL_KEY.length; end <= bytes.length; ) {
    const last = bytes[end - 1] ?? 0;
    if (last === QUOTE && isSame(bytes, end - SYMBOL_KEY.length, end, SYMBOL_KEY)) return end;
    end += SKIPS[last] ?? 1;
  }
  return -1;
}

/** Where the text that begins at `start` ends; -1 for one with an escape, which no symbol has. */
function endOfText(bytes: Uint8Array, start: number): number {
  for (let at = start; at < bytes.length; at += 1) {
    if (bytes[at] === QUOTE) return at;
    if (bytes[at] === BACKSLASH) return -1;
  }
  return -1;
}

function isSame(bytes: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (end - start !== text.length || end > bytes.length) return false;
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[start + index] !== text[index]) return false;
  }
  return true;
}

/** FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) {
    hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  }
  return hash;
}

function skipsOf(text: Uint8Array): Uint8Array {
  const skips = new Uint8Array(256).fill(text.length);
  text.subarray(0, -1).forEach((byte, index) => {
    skips[byte] = text.length - 1 - index;
  });
  return skips;
}
