import type { CallOptions } from './call-options.ts';

/** What a schema gives when it has parsed. */
export type OutputOf<S> = S extends { readonly _zod: { readonly output: infer Output } }
  ? Output
  : never;

/** `AddOrder` → `addOrder`, `Earn/Allocate` → `earnAllocate`, `OHLC` → `ohlc`. */
export type MethodName<Name extends string> =
  Name extends Uppercase<Name>
    ? Lowercase<Name>
    : Name extends `${infer Group}/${infer Rest}`
      ? Uncapitalize<`${Group}${Rest}`>
      : Uncapitalize<Name>;

/** Parameters may be left out where none is required. */
export type Method<P, R> =
  Record<string, never> extends P
    ? (params?: P, options?: CallOptions) => Promise<R>
    : (params: P, options?: CallOptions) => Promise<R>;

export function methodName(name: string): string {
  if (name === name.toUpperCase()) return name.toLowerCase();
  const joined = name.replace('/', '');
  return joined.charAt(0).toLowerCase() + joined.slice(1);
}
