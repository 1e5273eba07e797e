import { WsError } from '../errors.ts';

/** An address that may be connected to, and what may be said of it. */
export interface Address {
  /** As given: may carry credentials or a token, so it goes to the socket and nowhere else. */
  readonly url: string;
  /** Host and port: what the attempts budget counts by. */
  readonly host: string;
  /** Without user, password, query string and fragment. */
  readonly shown: string;
}

/** @throws WsError `INVALID_OPTION` when it is no `ws:` or `wss:` address. */
export function parseAddress(url: string): Address {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    // The text itself stays out of the message: it may hold a secret.
    throw invalid('is not a URL');
  }
  if (parsed.protocol !== 'ws:' && parsed.protocol !== 'wss:') {
    throw invalid(`has the scheme ${parsed.protocol}`);
  }
  if (parsed.hash !== '') throw invalid('has a fragment');
  return {
    url,
    host: parsed.host,
    shown: `${parsed.protocol}//${parsed.host}${parsed.pathname}`,
  };
}

function invalid(what: string): WsError<'INVALID_OPTION'> {
  return new WsError(
    'INVALID_OPTION',
    `createConnection: url ${what}. Give a WebSocket address such as wss://ws.kraken.com/v2.`,
    { option: 'url' },
  );
}
