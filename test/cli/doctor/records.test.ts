import { describe, expect, it } from '@jest/globals';
import { roleGrants } from '../../../src/core/access/role-grant.ts';
import { auditWrite } from '../../../src/core/audit/event.ts';
import { connections } from '../../../src/core/connections/connection.ts';
import { notices } from '../../../src/core/notices/notice.ts';
import { insert, remove } from '../../../src/store/port.ts';
import { at, doctorStage, hour, production, says } from './doctor-stage.ts';

const { begin, findingsOn } = doctorStage();

describe('doctor on the records', () => {
  it('notes that there is no administrator, until there is one', async () => {
    await begin();
    expect(await findingsOn('administrator')).toEqual(says('note', /none yet/));
    await begin(({ world }) =>
      world.store.commit([
        insert(roleGrants, { id: 'a:administrator', accountId: 'a', role: 'administrator', grantedAt: 0 }),
      ]),
    );
    expect(await findingsOn('administrator')).toEqual([]);
  });

  it('finds the people of the demonstration in production', async () => {
    await begin(({ world }) =>
      world.store.commit([
        auditWrite(world, { kind: 'operator', id: 'demo' }, { type: 'person.registered', personId: 'p' }),
      ]),
    );
    expect(await findingsOn('demo', production())).toEqual(says('problem', /began as that of the demonstration/));
    expect(await findingsOn('demo')).toEqual([]);
  });

  it('warns in production of a service on the machine of whoever opens it', async () => {
    await begin(({ world }) => world.store.commit([insert(connections, service('http://kulasis.localhost:3002/'))]));
    expect(await findingsOn('demo', production())).toEqual(
      says('warning', /kulasis is at/, /connections suspend kulasis/),
    );
  });

  it('warns of events that nobody seals, and calls it a problem after a day', async () => {
    await begin(({ world }) =>
      world.store.commit([auditWrite(world, { kind: 'system' }, { type: 'setup.link_issued' })]),
    );
    expect(await findingsOn('audit', at(Date.now() + 60_000))).toEqual([]);
    expect(await findingsOn('audit', at(Date.now() + hour))).toEqual(says('warning', /1 events are not sealed/));
    expect(await findingsOn('audit', at(Date.now() + 25 * hour))).toEqual(says('problem', /1 events are not sealed/));
  });

  it('warns of notices that were given up, and of one that waits for long', async () => {
    const notice = {
      kind: 'mail',
      topic: 'password_changed',
      recipient: 'r',
      createdAt: Date.now(),
      order: 1,
      attempts: 3,
      waitsSince: 0,
    } as const;
    await begin(({ world }) => world.store.commit([insert(notices, { ...notice, id: 'n1', state: 'dead' })]));
    expect(await findingsOn('outbox')).toEqual(says('warning', /^1 could not be delivered/, /outbox retry/));
    await begin(({ world: { store } }) =>
      store.commit([
        remove(notices, 'n1'),
        insert(notices, { ...notice, id: 'n2', state: 'due', lastError: 'ECONNREFUSED' }),
      ]),
    );
    expect(await findingsOn('outbox')).toEqual([]);
    expect(await findingsOn('outbox', at(Date.now() + 2 * hour))).toEqual(
      says('warning', /waits since .*; the last try ended with ECONNREFUSED/),
    );
  });

  it('notes that no server has run yet', async () => {
    await begin();
    expect((await findingsOn('jobs')).map(({ severity }) => severity)).toEqual(['note']);
  });
});

function service(homeUrl: string) {
  const name = { ja: 'k', en: 'k' };
  return {
    id: 'kulasis',
    stage: 'test',
    state: 'active',
    name,
    homeUrl,
    desk: { name },
    audience: {},
    release: [],
    consent: 'none',
    isListed: true,
    createdAt: 0,
    changedAt: 0,
    oidc: {
      application: 'web',
      authentication: 'none',
      secrets: [],
      redirectUris: [],
      postLogoutRedirectUris: [],
      mayRefresh: false,
      mayIntrospect: false,
      pkce: 'required',
      requiresPushedRequest: false,
      subject: 'public',
      idTokenAlgorithm: 'RS256',
    },
  } as const;
}
