import type { Frame } from '@kr/schemas/shared';
import { listenerFailed } from '../connection/failures.ts';
import type { WsError } from '../errors.ts';
import type { SubscribeResult } from '../subscriptions/subscription.ts';
import type { Listener, Listening, RenewSymbolOptions } from './client.ts';
import type { Message } from './message.ts';
import type { Topic, TopicListener } from './topic.ts';

/** A caller's callbacks; a stream also takes the frame that a message came in. */
export interface ShareListener extends Listener {
  readonly onDelivery?:
    | ((message: Message, frame: Frame, symbol: string | undefined) => void)
    | undefined;
}

/** One caller's share in its topics. */
export class TopicShare implements Listening {
  readonly results: Promise<SubscribeResult[]>;
  readonly topics: readonly Topic[];
  readonly #listener: TopicListener;
  readonly #release: (topic: Topic, listener: TopicListener) => void;
  readonly #bySymbol = new Map<string | undefined, Topic>();

  constructor(
    topics: readonly Topic[],
    listener: ShareListener,
    release: (topic: Topic, listener: TopicListener) => void,
  ) {
    this.topics = topics;
    this.#release = release;
    this.#listener = this.#guard(listener);
    for (const topic of topics) {
      this.#bySymbol.set(topic.symbol, topic);
      topic.listeners.add(this.#listener);
    }
    this.results = Promise.all(topics.map(({ result }) => result));
  }

  renew(symbol: string | undefined, options: RenewSymbolOptions = {}): void {
    const topic = this.#bySymbol.get(symbol);
    const { lane = 0 } = options;
    if (topic?.listeners.has(this.#listener)) topic.shard.renew(topic, lane, lossOf(options));
  }

  distrust(symbol: string, options: RenewSymbolOptions = {}): void {
    const topic = this.#bySymbol.get(symbol);
    const { lane = 0 } = options;
    if (topic?.listeners.has(this.#listener)) topic.shard.distrust(topic, lane, lossOf(options));
  }

  close(): Promise<void> {
    for (const topic of this.topics) this.#release(topic, this.#listener);
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** A callback that throws ends this share: what it missed is unknown. The others go on. */
  #guard(listener: ShareListener): TopicListener {
    const { recovers = false, onFrame, onMessage, onDelivery, onLane, onGap, onEnded } = listener;
    const fail = (name: string, cause: unknown): void => {
      const error = listenerFailed(name, cause);
      for (const topic of this.topics) {
        if (!topic.listeners.has(this.#listener)) continue;
        this.#release(topic, this.#listener);
        onEnded?.({ symbol: topic.symbol, error });
      }
    };
    const guarded = (name: string, call: () => void): void => {
      try {
        call();
      } catch (cause) {
        fail(name, cause);
      }
    };
    return {
      recovers,
      onFrame:
        onFrame &&
        (({ symbol }, frame, isSnapshot, lane) => {
          try {
            onFrame({ symbol, frame, isSnapshot, lane });
          } catch (cause) {
            fail('onFrame', cause);
          }
        }),
      onMessage:
        (onMessage ?? onDelivery) &&
        (({ symbol }, received, frame) => {
          const message = received as unknown as Message;
          try {
            onDelivery?.(message, frame, symbol);
            onMessage?.(message);
          } catch (cause) {
            fail('onMessage', cause);
          }
        }),
      onLane:
        onLane &&
        (({ symbol }, lane, loss) => {
          guarded('onLane', () => {
            onLane({ symbol, lane, loss });
          });
        }),
      onGap:
        onGap &&
        ((gap) => {
          guarded('onGap', () => {
            onGap(gap);
          });
        }),
      onEnded: ({ symbol }, error: WsError | undefined) => {
        guarded('onEnded', () => {
          onEnded?.({ symbol, error });
        });
      },
    };
  }
}

function lossOf({ reason = 'resync', fromNs, detail = 'renewed on demand' }: RenewSymbolOptions) {
  return { reason, fromNs, detail, connectionId: undefined };
}
