import { beforeAll, describe, expect, it } from '@jest/globals';
import { days } from '../../../src/base/duration.ts';
import { judgePin } from '../../../src/cli/doctor/saml.ts';
import { connections, type SamlConnection } from '../../../src/core/connections/connection.ts';
import { multipleAuthn } from '../../../src/core/connections/saml/microsoft365.ts';
import type { SamlSettings } from '../../../src/core/connections/saml-settings.ts';
import type { RingKey } from '../../../src/core/keys/ring.ts';
import { insert } from '../../../src/store/port.ts';
import { makeCertificate } from '../../protocols/saml/metadata/sample-metadata.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { doctorStage, says } from './doctor-stage.ts';

const clock = new FakeClock();
const now = clock.now();
const { begin, findingsOn } = doctorStage();

let ended: string;
beforeAll(async () => {
  ended = await makeCertificate({ at: now - days(800) });
});

const connection = (saml: Partial<SamlSettings>, more: Partial<SamlConnection> = {}): SamlConnection => ({
  id: 'kumoi',
  stage: 'test',
  state: 'active',
  name: { ja: 'KUMOI', en: 'KUMOI' },
  homeUrl: 'https://outlook.office.com/',
  desk: { name: { ja: '窓口', en: 'KUMOI desk' }, mail: 'kumoi@example.ac.jp' },
  audience: {},
  release: [],
  consent: 'none',
  isListed: true,
  createdAt: now,
  changedAt: now,
  entityId: 'urn:federation:MicrosoftOnline',
  ...more,
  saml: {
    entityId: 'urn:federation:MicrosoftOnline',
    consumers: [{ url: 'https://login.microsoftonline.com/login.srf', binding: 'post', index: 0 }],
    logout: [],
    signingCertificates: [],
    encryptionCertificates: [],
    requests: 'any',
    signs: 'assertion',
    signatureAlgorithm: 'rsa-sha256',
    encrypts: 'never',
    cipher: 'aes256-gcm',
    nameIds: ['persistent'],
    subjectIdentifier: 'none',
    mayBeUnsolicited: false,
    ...saml,
  },
});

const key = (state: RingKey['state'], endsAt: number): RingKey => ({
  id: 'saml-signing-rs256-1',
  use: 'saml-signing',
  algorithm: 'RS256',
  state,
  serial: 1,
  createdAt: 0,
  since: 0,
  sealed: '',
  certificate: { der: '', endsAt },
});

describe('a pinned key', () => {
  const judge = (keys: readonly RingKey[]) => judgePin(connection({ pinnedKey: 'saml-signing-rs256-1' }), keys, now);

  it.each([
    ['is gone', [key('gone', now + days(900))], 'problem', /which is gone: the service refuses every login/],
    ['was never there', [], 'problem', /which is gone/],
    ['has an ended certificate', [key('retiring', now)], 'problem', /whose certificate ended/],
    ['has one that ends soon', [key('active', now + days(90))], 'warning', /whose certificate ends/],
    ['signs for nobody else', [key('retiring', now + days(91))], 'note', /signs for nobody else any more/],
  ] as const)('is told of when it %s', (_, keys, severity, what) => {
    expect(judge(keys)).toEqual(
      says(severity, what, /^Tell its desk: KUMOI desk \(kumoi@example\.ac\.jp\)\. .*keys certificate/),
    );
  });

  it('is nothing to tell of while it signs and lasts', () => {
    expect(judge([key('active', now + days(91))])).toEqual([]);
    expect(judgePin(connection({}), [], now)).toEqual([]);
  });
});

describe('sekisho doctor', () => {
  const found = async (...known: readonly SamlConnection[]) => {
    await begin(({ world }) => world.store.commit(known.map((one) => insert(connections, one))));
    return findingsOn('connections', { edges: { clock } });
  };

  it('tells of a certificate that has ended, and that nothing hangs on it here', async () => {
    expect(await found(connection({ signingCertificates: [ended], encryptionCertificates: [ended] }))).toEqual(
      says('note', /^the certificate CN=sp\.example\.ac\.jp of kumoi ended at 20/, /Here only its key counts/),
    );
  });

  it('tells of the name that goes out without its level', async () => {
    expect(await found(connection({ tellsTrustedBrowserAs: multipleAuthn }))).toEqual(
      says('note', /^at kumoi, a login in which a trusted browser stood in .*multipleauthn, as if both had been asked/),
    );
  });

  it('looks at no connection that is suspended', async () => {
    expect(await found(connection({ pinnedKey: 'none' }, { state: 'suspended' }))).toEqual([]);
  });
});
