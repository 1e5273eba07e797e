import { distance } from 'fastest-levenshtein';

/** A third of the letters may be wrong, and two of a short word. */
const MAX_WRONG = 2;

/** The names that a mistyped one may have meant, the likeliest first; none when none is near. */
export const nearest = (typed: string, names: Iterable<string>, most = 1): string[] => {
  const word = typed.toLowerCase();
  const bound = Math.max(MAX_WRONG, Math.floor(word.length / 3));
  return [...names]
    .map((name) => ({ name, wrong: distance(word, name.toLowerCase()) }))
    .filter(({ wrong, name }) => wrong <= bound && wrong < name.length)
    .toSorted((a, b) => a.wrong - b.wrong || a.name.localeCompare(b.name))
    .slice(0, most)
    .map(({ name }) => name);
};
