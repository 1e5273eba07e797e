import { parseWith } from '@kr/schemas';
import * as z from 'zod/mini';
import { SandboxError } from '../errors.ts';
import { SYSTEM_STATUSES } from '../protocol/frames.ts';
import { REST_FAULT_KINDS } from '../rest/fault.ts';

/** Longer is no fault but a market that is never open again; timers cannot wait for more than 24.8 days. */
const MAX_MS = 86_400_000;
const MAX_FLOOD = 100_000;

const milliseconds = z.number().check(z.gte(0), z.lte(MAX_MS));
const count = z.int().check(z.gte(1), z.lte(MAX_FLOOD));

/** Which connection: the nth since the sandbox listens (from 1), or the id in its status frame; absent: any. */
const connection = z.optional(z.union([z.int().check(z.gte(1)), z.string()]));
/** How often it happens, over all connections. */
const times = z.optional(z.union([z.int().check(z.gte(1)), z.literal('always')]));
/** Counted on each connection from its opening, or from when the fault was injected if that was later. */
const after = z.optional(
  z.union([
    z.strictObject({ frames: z.int().check(z.gte(0)) }),
    z.strictObject({ ms: milliseconds }),
  ]),
);
const afterTime = z.strictObject({ ms: milliseconds });
const afterMs = z.optional(afterTime);
/** What a header can carry: no line of its own. */
const headerText = z.string().check(z.regex(/^[ -~]*$/));
const retryAfter = z.optional(z.union([z.int().check(z.gte(0)), headerText]));

const ofFrames = {
  connection,
  times,
  after,
  channel: z.optional(z.string()),
  symbol: z.optional(z.string()),
  type: z.optional(z.enum(['snapshot', 'update'])),
};
const ofRequests = {
  connection,
  times,
  after,
  method: z.optional(z.string()),
  channel: z.optional(z.string()),
  symbol: z.optional(z.string()),
};
const ofUpgrades = { connection: z.optional(z.int().check(z.gte(1))), times, after: afterMs };

/** What `ws` can put into a close frame. */
const closeCode = z.int().check(
  z.refine(
    (code) =>
      (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) ||
      (code >= 3000 && code <= 4999),
    {
      params: {
        expected:
          'a close code that can be sent (1000–1003, 1007–1014, 3000–4999); leave it out for 1006',
      },
    },
  ),
);

const single = [
  z.strictObject({ kind: z.literal('drop'), ...ofFrames }),
  z.strictObject({ kind: z.literal('silence'), ...ofFrames, forMs: z.optional(milliseconds) }),
  z.strictObject({ kind: z.literal('duplicate'), ...ofFrames, copies: z.optional(count) }),
  z.strictObject({ kind: z.literal('delay'), ...ofFrames, ms: milliseconds }),
  z.strictObject({ kind: z.literal('corruptChecksum'), ...ofFrames }),
  z.strictObject({
    kind: z.literal('cut'),
    ...ofFrames,
    code: z.optional(closeCode),
    reason: z.optional(z.string().check(z.maxLength(40))),
  }),
  z.strictObject({ kind: z.literal('reset'), ...ofFrames }),
  z.strictObject({ kind: z.literal('halfOpen'), ...ofFrames }),
  z.strictObject({ kind: z.literal('freeze'), ...ofFrames, ms: milliseconds }),
  z.strictObject({
    kind: z.literal('flood'),
    ...ofFrames,
    frames: count,
    text: z.optional(z.string()),
  }),
  z.strictObject({
    kind: z.literal('refuse'),
    ...ofRequests,
    error: z.string(),
    bare: z.optional(z.boolean()),
  }),
  z.strictObject({ kind: z.literal('expiredToken'), ...ofRequests, error: z.optional(z.string()) }),
  z.strictObject({ kind: z.literal('ignore'), ...ofRequests }),
  z.strictObject({ kind: z.literal('loseAck'), ...ofRequests }),
  z.strictObject({ kind: z.literal('delayAck'), ...ofRequests, ms: milliseconds }),
  z.strictObject({ kind: z.literal('reorderAcks'), ...ofRequests }),
  z.strictObject({
    kind: z.literal('refuseUpgrade'),
    ...ofUpgrades,
    status: z.int().check(z.gte(200), z.lte(599)),
    retryAfter,
    page: z.optional(z.enum(['html', 'text'])),
  }),
  z.strictObject({ kind: z.literal('hangUpgrade'), ...ofUpgrades }),
  z.strictObject({
    kind: z.literal('rest'),
    times,
    after: z.optional(z.union([z.strictObject({ requests: z.int().check(z.gte(0)) }), afterTime])),
    /** All of it, or its end from a slash on: `AddOrder`; with a slash at its end all below it: `/0/private/`. */
    path: z.optional(z.string().check(z.minLength(1))),
    when: z.optional(z.enum(['before', 'after', 'late'])),
    how: z.enum(REST_FAULT_KINDS),
    lateMs: z.optional(milliseconds),
    pauseMs: z.optional(milliseconds),
    status: z.optional(z.int().check(z.gte(200), z.lte(599))),
    retryAfter,
    error: z.optional(z.string()),
  }),
  z.strictObject({
    kind: z.literal('status'),
    after: afterMs,
    system: z.enum(SYSTEM_STATUSES),
  }),
] as const;

const singleSchema = z.discriminatedUnion('kind', single);
const faultSchema = z.discriminatedUnion('kind', [
  ...single,
  z.strictObject({
    kind: z.literal('random'),
    seed: z.union([z.string(), z.number()]),
    /** Between one fault and the next, on average. */
    meanMs: z.number().check(z.gte(1), z.lte(MAX_MS)),
    times,
    of: z.array(singleSchema).check(z.minLength(1)),
  }),
]);

/**
 * What goes wrong, as data: what (`kind`), where (`connection`, `channel`, `symbol`), when (`after`) and how often
 * (`times`). The README has a table of the kinds.
 */
export type Fault = z.output<typeof faultSchema>;
export type SingleFault = z.output<typeof singleSchema>;
export type FaultKind = Fault['kind'];

type Of<K extends FaultKind> = Extract<Fault, { readonly kind: K }>;
export type FrameFault = Of<'drop' | 'silence' | 'duplicate' | 'delay' | 'corruptChecksum'>;
export type ConnectionFault = Of<'cut' | 'reset' | 'halfOpen' | 'freeze' | 'flood'>;
export type RequestFault = Of<
  'refuse' | 'expiredToken' | 'ignore' | 'loseAck' | 'delayAck' | 'reorderAcks'
>;
export type UpgradeFault = Of<'refuseUpgrade' | 'hangUpgrade'>;
/** Of a request of REST. */
export type RequestOfRest = Of<'rest'>;
/** Those that a connection sees. */
export type LineFault = FrameFault | ConnectionFault | RequestFault;

/** Where in the sandbox each kind does its work. */
export const STAGES = {
  drop: 'frame',
  silence: 'frame',
  duplicate: 'frame',
  delay: 'frame',
  corruptChecksum: 'frame',
  cut: 'connection',
  reset: 'connection',
  halfOpen: 'connection',
  freeze: 'connection',
  flood: 'connection',
  refuse: 'request',
  expiredToken: 'request',
  ignore: 'request',
  loseAck: 'request',
  delayAck: 'request',
  reorderAcks: 'request',
  refuseUpgrade: 'upgrade',
  hangUpgrade: 'upgrade',
  rest: 'rest',
  status: 'sandbox',
  random: 'sandbox',
} as const satisfies Record<FaultKind, string>;

/** Reads a fault that came as JSON, or from a caller without types. Throws `INVALID_FAULT` with what is wrong and where. */
export function readFault(value: unknown): Fault {
  try {
    return parseWith(faultSchema, value, 'fault');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SandboxError(
      'INVALID_FAULT',
      `${reason} The kinds are ${Object.keys(STAGES).join(', ')}.`,
      {},
      { cause: error },
    );
  }
}
