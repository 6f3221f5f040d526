import { beforeEach, describe, expect, it } from '@jest/globals';
import { days } from '../../src/base/duration.ts';
import {
  type RefusedCertificate,
  refusedCertificates,
} from '../../src/core/credentials/certificates/refused-certificate.ts';
import { accountByLoginName } from '../../src/core/people/account.ts';
import { insert } from '../../src/store/port.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { commandLine, type Wishes } from './command-line.ts';

const cli = commandLine();
const name = 'a0123456';
const clock = new FakeClock();
const yamada: Wishes = { edges: { clock }, operator: 'yamada' };

const removed = (accountId: string, digest: string, serial: string): RefusedCertificate => ({
  ...{ id: `${accountId}:${digest}`, accountId, digest, serial, subject: 'CN=Hanako,O=Kyoto University,C=JP' },
  ...{ refusedAt: clock.now(), expiresAt: clock.now() + days(300) },
});

beforeEach(async () => {
  const person = ['--family-en', 'Kyoto', '--given-en', 'Hanako', '--account', `ecs,${name}`];
  expect((await cli().sekisho(['people', 'add', ...person], yamada)).exitCode).toBe(0);
  await cli().onGround(async ({ world }) => {
    const accountId = (await accountByLoginName(world.store, name))?.id ?? '';
    await world.store.commit([
      insert(refusedCertificates, removed(accountId, 'one', '1f')),
      insert(refusedCertificates, removed(accountId, 'two', 'a2')),
    ]);
  });
});

const factors = (...argv: readonly string[]) => cli().sekisho(['factors', ...argv], yamada);
const listed = async () => (await cli().json(['factors', 'list', name], yamada)).removedCertificates;

describe('factors restore-certificate', () => {
  it('finds in the list what it restores, and restores that one only', async () => {
    expect((await factors('list', name)).out).toContain(
      'The certificate 1f (CN=Hanako,O=Kyoto University,C=JP) was removed',
    );
    expect((await factors('restore-certificate', name, '00:1F')).out).toBe(
      `${name}: the certificate 1f may be used again.\n`,
    );
    expect(await listed()).toMatchObject([{ serial: 'a2' }]);
    const [event] = (await cli().json(['audit', 'list', '--type', 'certificate.restored'], yamada)).events as object[];
    expect(event).toMatchObject({ facts: { serial: '1f' }, actor: { kind: 'operator', id: 'yamada' } });
  });

  it('says that there is none of that number', async () => {
    expect(await factors('restore-certificate', name, '77')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('no certificate 77'),
    });
    expect(await listed()).toHaveLength(2);
  });

  it('changes nothing when it is only tried', async () => {
    await factors('restore-certificate', name, '1f', '--dry-run');
    expect(await listed()).toHaveLength(2);
  });
});
