const SECRET_KEY =
  /token|secret|passw|passphrase|otp|signature|^sign$|challenge|nonce|api[_-]?key|authori[sz]ation|cookie/i;

/** A JSON value without every member whose name says that it is a secret, at any depth. */
export function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !SECRET_KEY.test(key));
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutSecrets(member)]));
}

/** An address without its user, password, query and fragment. */
export function withoutUrlSecrets(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');
}
