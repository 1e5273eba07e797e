import { useEffect, useRef } from 'preact/hooks';
import { KEYS } from '../keyboard.ts';

/** The keys, and what the badge means. */
export const HelpDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog class="help" ref={dialog} onClose={onClose} aria-label="help">
      <h2>Keys</h2>
      <dl>
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <h2>Verified</h2>
      <p>
        The exchange sends a checksum of its book with each message. The badge says “Verified” while
        the checksum of the book that is shown equals it. When one fails, the badge turns at once,
        the book begins anew, and the time between is a gap in every chart: what was not proved is
        not drawn.
      </p>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </dialog>
  );
};
