/** Assets whose older names v1 keeps: the altnames of AssetPairs' `wsname`. All others have one name. */
const OLDER: ReadonlyMap<string, string> = new Map([
  ['BTC', 'XBT'],
  ['DOGE', 'XDG'],
]);
const NEWER: ReadonlyMap<string, string> = new Map([...OLDER].map(([id, older]) => [older, id]));

/** `BTC/USD` as v1 names it: `XBT/USD`. */
export function pairOf(symbol: string): string {
  return rename(symbol, OLDER);
}

/** The symbol of a pair of v1; `undefined` for one that is named as in v2, which v1 does not know. */
export function symbolOf(pair: string): string | undefined {
  const symbol = rename(pair, NEWER);
  return pairOf(symbol) === pair ? symbol : undefined;
}

function rename(name: string, names: ReadonlyMap<string, string>): string {
  return name
    .split('/')
    .map((asset) => names.get(asset) ?? asset)
    .join('/');
}
