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
export async function createCertificate(): Promise<Certificate> {
  const authority = await generate([{ name: 'commonName', value: 'Authority of the stand-in of Microsoft Entra' }], {
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
