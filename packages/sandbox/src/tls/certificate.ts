import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { pki } from 'node-forge';

/** What a TLS server needs, and what its clients have to trust. All are PEM. */
export interface TlsIdentity {
  /** The certificate of an authority that was made for this one server. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Clocks of tests may stand anywhere in these years; the keys end with the process whatever the certificate says. */
const NOT_BEFORE = new Date(Date.UTC(2020, 0, 1));
const NOT_AFTER = new Date(Date.UTC(2049, 11, 31));
const ALWAYS_NAMED = ['localhost', '127.0.0.1', '::1'];
const [DNS, IP] = [2, 7];

function newKey(): string {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey;
}

/**
 * Makes an authority, and a certificate by it for loopback and the hosts given. The authority's key is
 * forgotten here and was never written: nobody can make it vouch for anything else.
 */
export async function createTlsIdentity(hosts: readonly string[] = []): Promise<TlsIdentity> {
  // Loaded when it is needed: most sandboxes speak without TLS.
  const { default: forge } = await import('node-forge');
  const issue = (
    name: string,
    issuer: string,
    privateKey: pki.rsa.PrivateKey,
    signingKey: pki.rsa.PrivateKey,
    extensions: object[],
  ): string => {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
    // A leading 0: a serial number with its first bit set would be negative.
    certificate.serialNumber = `00${randomBytes(15).toString('hex')}`;
    certificate.validity.notBefore = NOT_BEFORE;
    certificate.validity.notAfter = NOT_AFTER;
    certificate.setSubject([{ name: 'commonName', value: name }]);
    certificate.setIssuer([{ name: 'commonName', value: issuer }]);
    certificate.setExtensions(extensions);
    certificate.sign(signingKey, forge.md.sha256.create());
    return forge.pki.certificateToPem(certificate);
  };
  const authority = `kr sandbox authority ${randomBytes(4).toString('hex')} (simulated)`;
  const caKey = forge.pki.privateKeyFromPem(newKey());
  const ca = issue(authority, authority, caKey, caKey, [
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  const key = newKey();
  const altNames = [...new Set([...ALWAYS_NAMED, ...hosts])].map((host) =>
    isIP(host) === 0 ? { type: DNS, value: host } : { type: IP, ip: host },
  );
  const cert = issue('kr sandbox (simulated)', authority, forge.pki.privateKeyFromPem(key), caKey, [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames },
  ]);
  return { ca, cert, key };
}
