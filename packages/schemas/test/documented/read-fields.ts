import { type Field, kinds, type Shape } from './shape.ts';

/*
 * The notation of the tables in this folder. A line that starts at the margin is a statement,
 * `#` starts a comment:
 *
 *   let Level = {price qty: d}                                 a name for a shape
 *   frame book = {channel: 'book'; data: [Level]; at?: t}      what the exchange sends, or is sent
 *
 * `{a b?: s; c: i}` fields, `?` optional; `{...Level; c: i}` those of another; `{*: d}` any name
 * `[d]` array, `(d, s?)` tuple, `<A, B>` either, `d/null` nullable
 * `{a~: d}` listed without a word on when it is there: it may be absent, and `null`
 * `'x'` that alone (a shape is chosen by it); `a|b` or `10|25` an enumeration that may grow, `a|b!` one
 * that may not; `"b"|"any position"` quotes a value that would read as something else
 */

export interface DocumentedShape {
  /** `frame book`, `GET /public/Depth result`. */
  readonly subject: string;
  readonly shape: Shape;
}

/** The statements of a table. The names of tables that were read before hold in it too. */
export function readFields(text: string, names: Map<string, Shape>): DocumentedShape[] {
  const shapes: DocumentedShape[] = [];
  // A name may be used above the line that explains it.
  const pending = statementsOf(text);
  while (pending.length > 0) {
    const before = pending.length;
    for (const statement of pending.splice(0)) {
      const [subject, source] = statement;
      const shape = new Reader(source, names).whole();
      if (shape === undefined) pending.push(statement);
      else if (subject.startsWith('let ')) names.set(subject.slice('let '.length), shape);
      else shapes.push({ subject, shape });
    }
    if (pending.length === before) throw new Error(`Unexplained names: ${pending.join('\n')}`);
  }
  return shapes;
}

function statementsOf(text: string): [subject: string, source: string][] {
  const statements: [string, string][] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.trim().startsWith('#')) continue;
    const last = statements.at(-1);
    if (line.startsWith(' ') && last !== undefined) {
      last[1] += line;
      continue;
    }
    const at = line.indexOf(' = ');
    if (at < 0) throw new Error(`No statement: ${line}`);
    statements.push([line.slice(0, at), line.slice(at + ' = '.length)]);
  }
  return statements;
}

const TOKEN = /\s*(\.\.\.|'[^']*'|"[^"]*"|[\w.*-]+|[{}[\]()<>:;,|/!?~])/y;

/** Reads one shape; `undefined` when a name in it is not known yet. */
class Reader {
  readonly #tokens: string[] = [];
  readonly #names: ReadonlyMap<string, Shape>;
  #unknown = false;
  #next = 0;

  constructor(source: string, names: ReadonlyMap<string, Shape>) {
    this.#names = names;
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < source.trimEnd().length) {
      const at = TOKEN.lastIndex;
      const token = TOKEN.exec(source)?.[1];
      if (token === undefined) throw new Error(`Unreadable: ${source.slice(at)}`);
      this.#tokens.push(token);
    }
  }

  whole(): Shape | undefined {
    const shape = this.#shape();
    if (this.#next < this.#tokens.length) throw new Error(`Too much: ${this.#tokens.join(' ')}`);
    return this.#unknown ? undefined : shape;
  }

  #has(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false;
    this.#next += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#has(token)) {
      const rest = this.#tokens.slice(this.#next).join(' ');
      throw new Error(`Expected ${token} before: ${rest}`);
    }
  }

  #shape(): Shape {
    const shape = this.#plain();
    if (!this.#has('/')) return shape;
    this.#expect('null');
    return { is: 'nullable', of: shape };
  }

  #plain(): Shape {
    if (this.#has('{')) return this.#object();
    if (this.#has('(')) return { is: 'tuple', items: this.#list(')') };
    if (this.#has('<')) return { is: 'union', options: this.#list('>').map(({ shape }) => shape) };
    if (this.#has('[')) {
      const of = this.#shape();
      this.#expect(']');
      return { is: 'array', of };
    }
    return this.#word();
  }

  #list(end: string): Field[] {
    const items: Field[] = [];
    while (!this.#has(end)) {
      const shape = this.#shape();
      items.push({ shape, optional: this.#has('?') });
      this.#has(',');
    }
    return items;
  }

  #object(): Shape {
    const fields = new Map<string, Field>();
    let others: Shape | undefined;
    while (!this.#has('}')) {
      if (this.#has('...')) {
        const spread = this.#named(this.#token());
        if (spread.is === 'object') {
          for (const [name, field] of spread.fields) fields.set(name, field);
        }
      } else {
        const names = this.#fieldNames();
        const shape = this.#shape();
        for (const [name, mark] of names) {
          if (name === '*') others = shape;
          else fields.set(name, markedField(shape, mark));
        }
      }
      this.#has(';');
    }
    return { is: 'object', fields, others };
  }

  #fieldNames(): [name: string, mark: string][] {
    const names: [string, string][] = [];
    while (!this.#has(':')) {
      const name = unquoted(this.#token());
      names.push([name, ['?', '~'].find((mark) => this.#has(mark)) ?? '']);
    }
    return names;
  }

  #word(): Shape {
    const token = this.#token();
    if (token.startsWith("'")) return { is: 'literal', value: valueOf(unquoted(token)) };
    if (this.#tokens[this.#next] === '|') {
      const values = [enumValue(token)];
      while (this.#has('|')) values.push(enumValue(this.#token()));
      return { is: 'enum', values, open: !this.#has('!') };
    }
    if (Object.hasOwn(kinds, token)) return { is: 'kind', name: token };
    if (/^[A-Z]\w*[a-z]/.test(token) || this.#names.has(token)) return this.#named(token);
    return { is: 'enum', values: [enumValue(token)], open: true };
  }

  #named(name: string): Shape {
    const shape = this.#names.get(name);
    if (shape === undefined) this.#unknown = true;
    return shape ?? { is: 'kind', name };
  }

  #token(): string {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw new Error(`Ends too early: ${this.#tokens.join(' ')}`);
    this.#next += 1;
    return token;
  }
}

function markedField(shape: Shape, mark: string): Field {
  if (mark !== '~') return { shape, optional: mark === '?' };
  return { shape: { is: 'nullable', of: shape }, optional: true };
}

function unquoted(token: string): string {
  return /^['"]/.test(token) ? token.slice(1, -1) : token;
}

function valueOf(text: string): unknown {
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

function enumValue(token: string): string | number {
  return /^\d+$/.test(token) ? Number(token) : unquoted(token);
}
