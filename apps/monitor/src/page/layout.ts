import { signal } from '@preact/signals';

export type Layout = 'phone' | 'medium' | 'wide';

const medium = matchMedia('(min-width: 760px)');
const wide = matchMedia('(min-width: 1240px)');

const read = (): Layout => (wide.matches ? 'wide' : medium.matches ? 'medium' : 'phone');

/** How much room there is: on a phone one panel at a time. */
export const layout = signal<Layout>(read());

for (const query of [medium, wide]) {
  query.addEventListener('change', () => {
    layout.value = read();
  });
}
