import { textOf, type WireParams } from '../../rest/request-params.ts';
import { quote } from '../socket/feed-frame.ts';

/** An entry of a history, as JSON text. */
export interface Element {
  readonly uid: string;
  readonly atMs: number;
  readonly text: string;
}

const DEFAULT_COUNT = 100;
const MOST = 1_000;

/** A page of a history, which is given oldest first. The token is the uid to go on after. */
export function pageBody(
  elements: readonly Element[],
  params: WireParams,
  accountUid?: string,
): string {
  const since = Number(textOf(params['since']) ?? 0);
  const before = Number(textOf(params['before']) ?? Number.POSITIVE_INFINITY);
  const wanted = elements.filter(({ atMs }) => atMs >= since && atMs < before);
  const sorted = textOf(params['sort']) === 'asc' ? wanted : wanted.toReversed();
  const token = textOf(params['continuation_token']);
  const from = token === undefined ? 0 : sorted.findIndex(({ uid }) => uid === token) + 1;
  const asked = Number(textOf(params['count']) ?? DEFAULT_COUNT);
  const count = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MOST) : DEFAULT_COUNT;
  const shown = sorted.slice(from, from + count);
  const more = from + shown.length < sorted.length;
  const account = accountUid === undefined ? '' : `"accountUid":${quote(accountUid)},`;
  const next = more ? `,"continuationToken":${quote(shown.at(-1)?.uid ?? '')}` : '';
  return `{${account}"len":${shown.length},"elements":[${shown.map(({ text }) => text).join(',')}]${next}}`;
}
