import type { FuturesClient, FuturesParams, FuturesResult } from './futures-client.ts';
import { type Page, paginate } from './paginate.ts';
import type { PagesOptions } from './spot-pages.ts';

/** The histories that are paged by a token. */
export type FuturesHistory =
  | 'executionHistory'
  | 'orderHistory'
  | 'triggerHistory'
  | 'positionHistory';

/** What one of them is a list of. */
export type FuturesElement<Name extends FuturesHistory> = FuturesResult<Name>['elements'][number];

/**
 * Every element of a history, newest first unless `sort` says otherwise. Elements that arrive
 * meanwhile are not shown twice, and none is skipped: the token stands for the place.
 */
export function pagesOfHistory<Name extends FuturesHistory>(
  client: FuturesClient,
  name: Name,
  params: FuturesParams<Name> = {} as FuturesParams<Name>,
  { signal }: PagesOptions = {},
): AsyncGenerator<readonly [id: string, row: FuturesElement<Name>], void, undefined> {
  const fetch = client[name] as (
    page: object,
    options: PagesOptions,
  ) => Promise<{ elements: FuturesElement<Name>[]; continuationToken?: string | undefined }>;
  return paginate('', async (token): Promise<Page<FuturesElement<Name>, string>> => {
    const page = token === '' ? params : { ...params, continuation_token: token };
    const { elements, continuationToken } = await fetch(page, { signal });
    const rows = elements.map((element) => [idOf(element), element] as const);
    const isLast = continuationToken === undefined || continuationToken === token;
    return { rows, next: isLast ? undefined : continuationToken };
  });
}

/** Changes of positions have no id; no two of them are alike in every field. */
function idOf(element: object): string {
  return 'uid' in element && typeof element.uid === 'string'
    ? element.uid
    : JSON.stringify(element);
}
