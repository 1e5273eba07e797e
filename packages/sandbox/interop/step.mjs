// What a client did, a line each: for `test/interop.mjs`.

/** Where the sandbox is. */
export const place = {
  http: String(process.env['SANDBOX_HTTP']),
  webSocket: String(process.env['SANDBOX_WS']),
  key: String(process.env['SANDBOX_KEY']),
  secret: String(process.env['SANDBOX_SECRET']),
  futuresKey: String(process.env['SANDBOX_FUTURES_KEY']),
  futuresSecret: String(process.env['SANDBOX_FUTURES_SECRET']),
};

const LIMIT_MS = 20_000;

/** @param {unknown} condition @param {string} what */
export const expect = (condition, what) => {
  if (!condition) throw new Error(`not so: ${what}`);
};

/**
 * Runs one step, which throws when the client did not get what it asked for.
 *
 * @template T
 * @param {string} name @param {() => Promise<T>} action
 * @returns {Promise<T | undefined>}
 */
export const step = async (name, action) => {
  /** @type {NodeJS.Timeout | undefined} */
  let late;
  const limit = new Promise((_, reject) => {
    late = setTimeout(() => reject(new Error(`nothing after ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  try {
    const result = /** @type {T} */ (await Promise.race([action(), limit]));
    const text = typeof result === 'object' ? '' : String(result ?? '');
    write({ step: name, ok: true, detail: text.slice(0, 100) });
    return result;
  } catch (error) {
    write({ step: name, ok: false, detail: String(error).slice(0, 400) });
    return undefined;
  } finally {
    clearTimeout(late);
  }
};

/** @param {object} row */
const write = (row) => process.stdout.write(`${JSON.stringify(row)}\n`);
