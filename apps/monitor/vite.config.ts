import { defineConfig } from 'vite';

export default defineConfig({
  root: `${import.meta.dirname}/src/page`,
  // Any path serves it: the page asks for nothing by an absolute address.
  base: './',
  build: {
    outDir: `${import.meta.dirname}/dist/page`,
    emptyOutDir: true,
    // What nobody can see in a browser of this year is left out.
    target: 'es2022',
    // The policy of the page forbids data: scripts; nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
