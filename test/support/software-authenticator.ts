/**
 * An authenticator in software (Web Authentication 3, 6): makes ES256 passkeys and signs with them, and does what no good
 * one does where a test wishes it. What it answers is what a browser posts.
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/** What an honest ceremony would say, unless said otherwise. */
export interface Ceremony {
  /** In base64url, from the options. */
  readonly challenge: string;
  readonly origin: string;
  readonly site: string;
  readonly isVerified?: boolean;
  readonly isPresent?: boolean;
  readonly isEligible?: boolean;
  readonly isBackedUp?: boolean;
  readonly count?: number;
}

/** Who vouches for the product: its maker, with a certificate and the key of it; or the passkey itself. */
export type Voucher = { readonly certificate: Buffer; readonly key: KeyObject } | 'itself';

export interface Making extends Ceremony {
  readonly aaguid?: string;
  readonly voucher?: Voucher;
}

export interface SoftwarePasskey {
  readonly id: string;
  readonly registration: (ceremony: Making) => RegistrationResponseJSON;
  readonly assertion: (ceremony: Ceremony & { readonly handle?: string | null }) => AuthenticationResponseJSON;
}

/** `userHandle`: whose it is, as it was told when the passkey was made. */
export function makePasskey(userHandle: string): SoftwarePasskey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = randomBytes(16);
  const id = name.toString('base64url');
  const answer = { id, rawId: id, type: 'public-key', clientExtensionResults: {} } as const;
  return {
    id,
    registration({ aaguid = '00000000-0000-0000-0000-000000000000', voucher, ...ceremony }) {
      const attested = Buffer.concat([
        Buffer.from(aaguid.replaceAll('-', ''), 'hex'),
        uint16(name.length),
        name,
        coseKey(publicKey),
      ]);
      const authData = Buffer.concat([authenticatorData(ceremony, 0x40), attested]);
      const clientDataJSON = clientData('webauthn.create', ceremony);
      const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
      const attestationObject = cborMap([
        [cborText('fmt'), cborText(voucher ? 'packed' : 'none')],
        [cborText('attStmt'), voucher ? packed(voucher, signed, privateKey) : cborMap([])],
        [cborText('authData'), cborBytes(authData)],
      ]);
      const response = {
        clientDataJSON,
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal', 'hybrid'] as ('internal' | 'hybrid')[],
      };
      return { ...answer, response };
    },
    assertion({ handle = Buffer.from(userHandle).toString('base64url'), ...ceremony }) {
      const data = authenticatorData(ceremony, 0);
      const clientDataJSON = clientData('webauthn.get', ceremony);
      const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
      const response = {
        clientDataJSON,
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
        ...(handle === null ? {} : { userHandle: handle }),
      };
      return { ...answer, response };
    },
  };
}

/** Web Authentication 3, 8.2. */
function packed(voucher: Voucher, signed: Buffer, own: KeyObject): Buffer {
  const key = voucher === 'itself' ? own : voucher.key;
  const certificate = voucher === 'itself' ? [] : [cborBytes(voucher.certificate)];
  const es256 = Buffer.from([0x26]);
  return cborMap([
    [cborText('alg'), es256],
    [cborText('sig'), cborBytes(sign('sha256', signed, key))],
    ...certificate.map((each) => [cborText('x5c'), Buffer.concat([cborHead(4, 1), each])] as const),
  ]);
}

function authenticatorData(ceremony: Ceremony, more: number): Buffer {
  const { isPresent = true, isVerified = true, isEligible = true, isBackedUp = isEligible, count = 0 } = ceremony;
  const flags =
    Number(isPresent) | (Number(isVerified) << 2) | (Number(isEligible) << 3) | (Number(isBackedUp) << 4) | more;
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(count);
  return Buffer.concat([sha256(Buffer.from(ceremony.site)), Buffer.from([flags]), counter]);
}

const clientData = (type: string, { challenge, origin }: Ceremony): string =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

/** RFC 9053, 7.1: kty EC2, alg ES256, crv P-256. */
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const part = (text: string) => cborBytes(Buffer.from(text, 'base64url'));
  return cborMap([
    [Buffer.from([0x01]), Buffer.from([0x02])],
    [Buffer.from([0x03]), Buffer.from([0x26])],
    [Buffer.from([0x20]), Buffer.from([0x01])],
    [Buffer.from([0x21]), part(x)],
    [Buffer.from([0x22]), part(y)],
  ]);
}

/** As much of RFC 8949 as is needed, in its shortest form, as CTAP demands it. */
function cborHead(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length]);
  if (length < 256) return Buffer.from([(major << 5) | 24, length]);
  return Buffer.concat([Buffer.from([(major << 5) | 25]), uint16(length)]);
}

const cborText = (text: string): Buffer => Buffer.concat([cborHead(3, text.length), Buffer.from(text)]);
const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([cborHead(2, bytes.length), bytes]);
const cborMap = (entries: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([cborHead(5, entries.length), ...entries.flat()]);
