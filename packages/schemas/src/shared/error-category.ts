/**
 * What kind of failure something is, for callers to route on; each package's error codes map to one.
 * - `exchange`: Kraken refused the request (funds, unknown pair, minimum);
 * - `auth`: the key, its permissions, a signature, a nonce, a token;
 * - `rateLimit`: too many requests or orders;
 * - `unavailable`: Kraken or a market of it is down, or not in a state to do it;
 * - `network`: connecting, sending or receiving failed;
 * - `validation`: the input was refused before anything was sent;
 * - `config`: a setting is missing or wrong;
 * - `protocol`: what came is not what the exchange documents;
 * - `io`: a file, a disk;
 * - `integrity`: a checksum, a sequence, a stored byte.
 */
export type ErrorCategory =
  | 'exchange'
  | 'auth'
  | 'rateLimit'
  | 'unavailable'
  | 'network'
  | 'validation'
  | 'config'
  | 'protocol'
  | 'io'
  | 'integrity';
