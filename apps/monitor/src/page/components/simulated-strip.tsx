import { usePage } from '../page-context.ts';

/** A page of a market that is not real says so across its whole width, and in its title. */
export const SimulatedStrip = () => {
  const hello = usePage().market.hello.value;
  if (hello === undefined || !hello.simulated) return null;
  return (
    <div class="simulated" role="note">
      <strong>{hello.title.toUpperCase()}</strong>
      <span>simulated market: no price here is real</span>
    </div>
  );
};
