/**
 * Named profiles in a TOML file. On a subpath of its own: it is what needs a TOML parser.
 *
 * @packageDocumentation
 */
export { type ProfileOptions, readProfile } from './profiles.node.ts';
