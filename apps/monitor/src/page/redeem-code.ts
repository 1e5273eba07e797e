/**
 * Swaps the one-time code in the address's fragment for a cookie, and takes it out of the address: it must
 * not stay in the history or be copied along. A code that is wrong leaves the page a public one.
 */
export const redeemCode = async (place: Location, history: History): Promise<void> => {
  const code = place.hash.slice(1);
  if (code === '') return;
  history.replaceState(undefined, '', place.pathname);
  await fetch('./session', { method: 'POST', body: code }).catch(() => undefined);
};
