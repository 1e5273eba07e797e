/**
 * What needs Node: key files, and nonces that several processes share.
 *
 * @packageDocumentation
 */
export {
  createFileNonceStore,
  type FileNonceStore,
  type FileNonceStoreOptions,
} from './file-nonce-store.node.ts';
export { type KeyFileOptions, keyFilePath, readKeyFile } from './key-file.node.ts';
