import type { BookStatus } from '../../protocol/records.ts';

const SAYS: Readonly<Record<BookStatus, readonly [icon: string, word: string, what: string]>> = {
  verified: ['✓', 'Verified', "the exchange's checksum matched after the last message"],
  unchecked: ['?', 'Unchecked', 'the last message carried no checksum'],
  awaitingSnapshot: ['…', 'Waiting', 'no book came yet'],
  resyncing: [
    '↻',
    'Resyncing',
    'a checksum failed: the book begins anew, what is shown is not proved',
  ],
  quarantined: ['✕', 'Quarantined', 'checksums failed too often: the book was given up'],
  ended: ['■', 'Ended', 'nothing more comes of this book'],
};

export interface BadgeProps {
  readonly status: BookStatus;
  readonly isOffline?: boolean;
  readonly isSmall?: boolean;
}

/** Whether what is shown is proved: by word, by sign and by colour. */
export const Badge = ({ status, isOffline = false, isSmall = false }: BadgeProps) => {
  const [icon, word, what] = isOffline
    ? (['✕', 'Offline', 'the monitor does not answer: what is shown is old'] as const)
    : SAYS[status];
  const kind = isOffline ? 'offline' : status;
  return (
    <span class={`badge badge-${kind}${isSmall ? ' small' : ''}`} data-status={kind} title={what}>
      <span aria-hidden="true">{icon}</span>
      <span class="badge-word">{word}</span>
    </span>
  );
};
