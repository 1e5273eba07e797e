import { BOOK_STATUSES } from '../../protocol/records.ts';
import { bytesText, countText, durationText } from '../format/text.ts';
import { usePage, useRevision } from '../page-context.ts';
import { Badge } from './badge.tsx';

const Item = ({ name, text, isBad = false }: { name: string; text: string; isBad?: boolean }) => (
  <span class={`status-item${isBad ? ' bad' : ''}`} data-item={name}>
    <span class="status-name">{name}</span> {text}
  </span>
);

/** Whether what is shown is true, and how the line is. */
export const StatusBar = () => {
  const { market, settings, link } = usePage();
  const symbol = settings.symbol.value;
  const book = market.of(symbol)?.book;
  // The status of a fault is held for a moment, so that it is looked at by the clock too.
  useRevision(() => BOOK_STATUSES.indexOf(market.of(symbol)?.book.shownStatus ?? 'ended'), 30);
  const status = market.status.value;
  const isOffline = link.state.value === 'lost';
  const recording = status?.recording;
  const latency = status?.latencyMs;
  const quarantined = status?.quarantined ?? [];
  const mismatched = (status?.checked ?? 0) - (status?.matched ?? 0);
  return (
    <footer class="status-bar">
      <Badge status={book?.shownStatus ?? 'awaitingSnapshot'} isOffline={isOffline} />
      <Item
        name="checksums"
        text={`${countText(status?.matched ?? 0)} of ${countText(status?.checked ?? 0)} matched`}
        isBad={mismatched > 0}
      />
      <Item name="gaps" text={countText(status?.gaps ?? 0)} isBad={(status?.gaps ?? 0) > 0} />
      <Item
        name="quarantined"
        text={quarantined.length === 0 ? 'none' : quarantined.join(', ')}
        isBad={quarantined.length > 0}
      />
      <Item
        name="feed"
        text={isOffline ? 'unknown' : (status?.connection ?? '…')}
        isBad={status?.connection !== 'open'}
      />
      <Item
        name="latency"
        text={latency === undefined ? '–' : durationText(Math.max(0, latency))}
      />
      <Item
        name="page"
        text={link.roundTripMs.value === undefined ? '–' : durationText(link.roundTripMs.value)}
      />
      <Item name="messages" text={`${countText(status?.messagesPerSecond ?? 0)}/s`} />
      <Item
        name="recording"
        text={recording === undefined ? 'off' : `${recording.state}, ${bytesText(recording.bytes)}`}
      />
      <span class="status-note">
        {market.notice.value !== undefined && <span role="alert">{market.notice.value} </span>}
        Charts by{' '}
        <a href="https://www.tradingview.com/" rel="noreferrer" target="_blank">
          TradingView Lightweight Charts™
        </a>
      </span>
    </footer>
  );
};
