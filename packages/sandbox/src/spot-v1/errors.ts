/** The texts of v1's refusals beside those of {@link WIRE_ERRORS}; (seen) in clients' maps of captured errors, (pattern) like one of them. */
export const V1_ERRORS = {
  /** (seen) */
  eventMissing: 'Event(s) not found',
  /** (pattern, of v2) */
  eventUnsupported: 'Unsupported event',
  /** (pattern) */
  reqidType: 'Reqid field must be an integer',
  /** (seen) */
  subscriptionType: 'Subscription field must be an object',
  /** (seen) */
  subscriptionField: 'Subscription object unsupported field',
  /** (seen) */
  pairMissing: 'Pair(s) not found',
  /** (seen) */
  pairType: 'Pair field must be an array',
  /** (seen) */
  pairUnsupported: 'Pair field unsupported for this subscription type',
} as const;
