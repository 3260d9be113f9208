import { randomUUID } from 'node:crypto';
import { generate } from 'selfsigned';

/** What a server needs to speak TLS, and what its callers have to trust. All PEM. */
export interface Certificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Fixed, so that no moved or faked clock makes a certificate that is not valid yet. */
const VALID = { notBeforeDate: new Date('2020-01-01T00:00:00Z'), notAfterDate: new Date('2049-01-01T00:00:00Z') };
const COMMON = { ...VALID, keyType: 'ec', algorithm: 'sha256' } as const;

/** A certificate for 127.0.0.1 and localhost by a certification authority of its own, both made anew at every call. */
export async function createCertificate(of = 'Microsoft Entra'): Promise<Certificate> {
  // Another name each time: of two authorities with one name, whoever trusts both may ask the wrong one.
  const name = `Authority ${randomUUID()} of a stand-in of ${of}`;
  const authority = await generate([{ name: 'commonName', value: name }], {
    ...COMMON,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const own = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...COMMON,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { ca: authority.cert, cert: own.cert, key: own.private };
}
