import type { Incident } from '../incident/incident.ts';
import { withoutSecrets, withoutUrlSecrets } from './redact.ts';

const FORMAT_NAME = 'kr-recording';
/** Readers refuse a higher one; the framing of the header record itself never changes. */
export const FORMAT_VERSION = 1;

/** What was subscribed to, as in Kraken's own parameters and never with a token. */
export interface Subscription {
  readonly channel: string;
  readonly symbol?: string | readonly string[] | undefined;
  readonly depth?: number | undefined;
  readonly [parameter: string]: unknown;
}

/** Where frames come from; everything but `live` is simulated. */
export type RecordingSource = 'live' | 'sandbox' | (string & {});

/** Which of Kraken's sockets frames are of. */
export type RecordingProtocol = 'spot-v2' | 'spot-v1' | 'futures-v1' | 'unified' | (string & {});

/** What stood before a segment when it was begun: a later loss there can then be counted. */
export interface PreviousSegment {
  readonly segment: number;
  /** Records in it, its header and end included. */
  readonly records: number;
  /** It ended with an end record. */
  readonly closed: boolean;
  /** When the last frame of the recording so far was received, RFC 3339. */
  readonly lastFrameAt?: string | undefined;
}

/** The first record of every segment. */
export interface SegmentHeader {
  readonly format: typeof FORMAT_NAME;
  readonly version: number;
  /** The same in every segment of a recording. */
  readonly recordingId: string;
  readonly segment: number;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly source: RecordingSource;
  readonly simulated: boolean;
  /** Absent where the recorder did not say. */
  readonly protocol?: RecordingProtocol | undefined;
  readonly url: string;
  readonly subscriptions: readonly Subscription[];
  /** The highest connection id used before this segment. */
  readonly lastConnectionId: number;
  readonly previous?: PreviousSegment | undefined;
  /** Only of a segment that was made of another recording to look into a mismatch. */
  readonly incident?: Incident | undefined;
}

/** What a caller says of a recording. */
export interface RecordingDescription {
  readonly source: RecordingSource;
  readonly protocol?: RecordingProtocol | undefined;
  readonly url: string;
  readonly subscriptions: readonly Subscription[];
}

/** A header with the secrets left out of the address and of the subscriptions. */
export function createSegmentHeader(
  description: RecordingDescription,
  place: Pick<
    SegmentHeader,
    'recordingId' | 'segment' | 'createdAt' | 'lastConnectionId' | 'previous'
  >,
): SegmentHeader {
  return {
    format: FORMAT_NAME,
    version: FORMAT_VERSION,
    ...place,
    source: description.source,
    simulated: description.source !== 'live',
    ...(description.protocol === undefined ? {} : { protocol: description.protocol }),
    url: withoutUrlSecrets(description.url),
    subscriptions: description.subscriptions.map(
      (subscription) => withoutSecrets(subscription) as Subscription,
    ),
  };
}

/**
 * A header record's payload: the header, the version when it is one that this code does not know, or
 * `undefined` when it is no header of this format.
 */
export function parseSegmentHeader(
  payload: Uint8Array,
): SegmentHeader | { readonly unsupportedVersion: number } | undefined {
  const value = parseJson(payload);
  if (!isObject(value) || value['format'] !== FORMAT_NAME) return undefined;
  const version = value['version'];
  if (typeof version !== 'number') return undefined;
  if (version > FORMAT_VERSION) return { unsupportedVersion: version };
  return isHeader(value) ? value : undefined;
}

/** One for all: making it costs as much as decoding a short message. */
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The JSON of a payload, or `undefined`. */
export function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(payload));
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHeader(
  value: Record<string, unknown>,
): value is Record<string, unknown> & SegmentHeader {
  const { previous, subscriptions } = value;
  return (
    ['recordingId', 'createdAt', 'source', 'url'].every((key) => typeof value[key] === 'string') &&
    ['segment', 'lastConnectionId'].every((key) => Number.isSafeInteger(value[key])) &&
    typeof value['simulated'] === 'boolean' &&
    Array.isArray(subscriptions) &&
    subscriptions.every((item) => isObject(item) && typeof item['channel'] === 'string') &&
    (previous === undefined ||
      (isObject(previous) &&
        Number.isSafeInteger(previous['segment']) &&
        Number.isSafeInteger(previous['records'])))
  );
}
