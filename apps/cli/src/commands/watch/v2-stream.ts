import { parseStrictly, routeWsMessage } from '@kr/schemas';
import type { Client, Message, StreamOptions, SubscribeParams, SubscribeResult } from '@kr/ws';
import type { Row } from '../../output/result.ts';
import { gapNote } from './gap-note.ts';
import type { Watching } from './watched.ts';

/** The messages of a channel as rows; what is refused and what is missing is said. */
export async function* rowsOfChannel<Channel extends string>(
  client: Client,
  params: { readonly channel: Channel } & SubscribeParams<Channel>,
  rowsOf: (message: Message<Channel>) => Iterable<Row>,
  { signal, note, options, fail }: Watching,
): AsyncGenerator<Row> {
  const streaming: StreamOptions = { signal, onGap: (gap) => note(gapNote(gap)) };
  const stream = client.subscribe(params, streaming);
  if (options.strict === true) {
    client.listen(params, {
      onFrame: ({ frame }) => {
        try {
          parseStrictly(routeWsMessage, frame.bytes);
        } catch (error) {
          fail(error);
        }
      },
    });
  }
  void noteRefusals(stream.results, note);
  for await (const message of stream) yield* rowsOf(message);
}

/** Where every one was refused, the loop says so itself. */
const noteRefusals = async (
  asked: Promise<SubscribeResult[]>,
  note: (text: string) => void,
): Promise<void> => {
  const results = await asked;
  if (!results.some(({ success }) => success)) return;
  for (const result of results) {
    if (!result.success) note(`${result.symbol ?? 'all of it'}: ${result.error}`);
  }
};
