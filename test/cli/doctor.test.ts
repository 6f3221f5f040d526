import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { systemIds } from '../../src/base/ids.ts';
import { reachCertificates } from '../../src/cli/doctor/certificate.ts';
import type { CheckName, Finding, Severity } from '../../src/cli/doctor/finding.ts';
import { admit, discharge } from '../../src/cli/doctor/patient.ts';
import { roleGrants } from '../../src/core/access/role-grant.ts';
import { auditWrite } from '../../src/core/audit/event.ts';
import { connections } from '../../src/core/connections/connection.ts';
import { keyRing, readKeys } from '../../src/core/keys/ring.ts';
import type { Ground } from '../../src/ground.ts';
import { insert, replace } from '../../src/store/port.ts';
import { serve } from '../outgoing/local-server.ts';
import { selfSigned } from '../outgoing/self-signed.ts';
import { startSekisho, testConfig } from '../support/sekisho.ts';
import { commandLine, type Wishes } from './command-line.ts';

const cli = commandLine();
const path = (name: string): string => join(cli().folder, name);
const hour = 3_600_000;

interface Consultation {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<Severity, number>>;
}

const consult = async (argv: readonly string[] = [], wishes: Wishes = {}) =>
  (await cli().json(['doctor', ...argv], wishes)) as unknown as Consultation;

/** What it says of one thing, the good left out. */
const findingsOn = async (check: CheckName, wishes: Wishes = {}, argv: readonly string[] = []) =>
  (await consult(argv, wishes)).findings.filter((one) => one.check === check && one.severity !== 'ok');

/** A store with its keys, as a first start leaves it. */
const begin = (act: (ground: Ground) => Promise<unknown> = async () => {}) => cli().onGround(act);

const says = (severity: Severity, what: RegExp, todo: RegExp = /./): unknown[] => [
  { check: expect.any(String), severity, what: expect.stringMatching(what), todo: expect.stringMatching(todo) },
];

const production = (more: Record<string, string> = {}): Wishes => ({
  environment: {
    SEKISHO__MODE: 'production',
    SEKISHO__SERVER__ISSUER: 'https://login.example.ac.jp',
    SEKISHO__PASSWORD__ARGON2__MEMORYKIB: '19456',
    SEKISHO__PASSWORD__ARGON2__ITERATIONS: '2',
    ...more,
  },
});

const at = (now: number): Wishes => ({ edges: { clock: { now: () => now } } });

describe('doctor', () => {
  it('finds nothing wrong with a new installation, and makes nothing', async () => {
    const { ok, counts } = await consult();
    expect({ ok, problems: counts.problem, warnings: counts.warning }).toEqual({ ok: true, problems: 0, warnings: 0 });
    expect(readdirSync(cli().folder)).toEqual([]);
  });

  it('finds nothing wrong with a store that works, and changes nothing in it', async () => {
    await begin();
    const before = await cli().events();
    const { ok, findings } = await consult();
    expect(findings.filter(({ severity }) => severity === 'problem' || severity === 'warning')).toEqual([]);
    expect(ok).toBe(true);
    const looked: CheckName[] = ['configuration', 'proxies', 'store', 'disk', 'permissions', 'keys', 'clock', 'demo'];
    expect(findings.map(({ check }) => check)).toEqual(expect.arrayContaining(looked.slice(0, -1)));
    expect(await cli().events()).toBe(before);
  });

  it('says each finding in a line with what to do in the next, and exits with 1 for a problem', async () => {
    await begin();
    chmodSync(path('sekisho.db'), 0o644);
    const { exitCode, out, err } = await cli().sekisho(['doctor']);
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain(`problem  permissions: others can read ${path('sekisho.db')}`);
    expect(err).toMatch(/\nproblems: 1, warnings: 0, notes: \d+, in order: \d+\n$/);
  });

  it('tells every problem of a configuration that cannot be used, and looks no further', async () => {
    cli().write('bad.yaml', 'sevrer: {}\nmode: fast\n');
    const { ok, findings } = await consult(['--config', 'bad.yaml']);
    expect(ok).toBe(false);
    expect(findings).toContainEqual(
      expect.objectContaining({ check: 'configuration', what: expect.stringContaining('did you mean server?') }),
    );
    expect(findings.every(({ check, severity }) => check === 'configuration' && severity === 'problem')).toBe(true);
  });
});

describe('doctor on the configuration', () => {
  it('notes what production would refuse', async () => {
    const found = await findingsOn('configuration');
    expect(found.map(({ severity }) => severity)).not.toContain('problem');
    expect(found.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'the mode is development',
        expect.stringContaining('production would refuse password.argon2'),
      ]),
    );
  });

  it('warns when a proxy must be there and none is trusted', async () => {
    expect(await findingsOn('proxies', production())).toEqual(
      says('warning', /none is trusted/, /server.proxy.trusted/),
    );
    const trusted = production({ SEKISHO__SERVER__PROXY__TRUSTED: '[10.0.0.1/32]' });
    expect(await findingsOn('proxies', trusted)).toEqual([]);
  });

  it('warns in production when no mail can be sent', async () => {
    expect(await findingsOn('mail', production())).toEqual(says('warning', /owed and not sent/));
  });

  it('finds a mail password that cannot be read', async () => {
    const environment = {
      SEKISHO__MAIL__HOST: 'mail.example.ac.jp',
      SEKISHO__MAIL__FROM: 'noreply@example.ac.jp',
      SEKISHO__MAIL__PASSWORDFILE: path('nowhere'),
    };
    expect(await findingsOn('mail', { environment })).toEqual(says('problem', /passwordFile .* cannot be read/));
  });
});

describe('doctor on the store', () => {
  it.each([
    [
      'that is something else',
      /is not a store of Sekisho/,
      () => writeFileSync(path('sekisho.db'), 'burnt '.repeat(99)),
    ],
    [
      'of a newer version',
      /newer version/,
      () => {
        const file = new DatabaseSync(path('sekisho.db'));
        file.exec('PRAGMA user_version = 99');
        file.close();
      },
    ],
    [
      'with a damaged page',
      /is damaged/,
      () => {
        const file = new DatabaseSync(path('sekisho.db'), { readOnly: true });
        const root = file.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'record_accounts'").get()?.rootpage;
        file.close();
        const bytes = readFileSync(path('sekisho.db'));
        bytes.fill(0x55, (Number(root) - 1) * 4096, Number(root) * 4096);
        writeFileSync(path('sekisho.db'), bytes);
      },
    ],
    [
      'that is a folder',
      /is not a store/,
      () => {
        rmSync(path('sekisho.db'));
        mkdirSync(path('sekisho.db'));
      },
    ],
  ])('finds one %s, and asks nothing of its records', async (_, what, spoil) => {
    await begin();
    spoil();
    expect(await findingsOn('store')).toEqual(says('problem', what));
    expect((await consult()).findings.map(({ check }) => check)).not.toContain('jobs');
  });

  it('finds files that others can read, and a folder in which they can replace them', async () => {
    await begin();
    chmodSync(cli().folder, 0o777);
    expect(await findingsOn('permissions')).toEqual(says('problem', /others can replace files/, /^chmod go-w/));
    chmodSync(cli().folder, 0o700);
    chmodSync(path('sekisho.db'), 0o640);
    expect(await findingsOn('permissions')).toEqual(says('problem', /others can read/, /^chmod 600/));
  });
});

describe('doctor on the clock', () => {
  it('finds one that is behind the newest event', async () => {
    await begin(({ world }) =>
      world.store.commit([
        auditWrite(
          { ...world, clock: { now: () => Date.now() + hour } },
          { kind: 'system' },
          { type: 'setup.link_issued' },
        ),
      ]),
    );
    expect(await findingsOn('clock')).toEqual(says('problem', /the newest audit event is from/));
    expect(await findingsOn('clock', at(Date.now() + hour))).toEqual([]);
  });

  it('finds one that is behind the last change of the file', async () => {
    await begin();
    const later = Date.now() / 1000 + 3600;
    utimesSync(path('sekisho.db'), later, later);
    expect(await findingsOn('clock')).toEqual(says('problem', /the last change of the store file is from/));
  });
});

describe('doctor on the keys', () => {
  it('finds that the master key is gone, and makes none', async () => {
    await begin();
    renameSync(path('keys/master.key'), path('master.key'));
    expect(await findingsOn('keys')).toEqual(says('problem', /no master key/, /Do not start before/));
    expect(existsSync(path('keys/master.key'))).toBe(false);
  });

  it.each([
    ['holds no key', 'short\n', /no key that can be read/],
    ['is another', `${Buffer.alloc(32, 7).toString('base64url')}\n`, /do not open with this master key/],
  ])('finds that the master key %s', async (_, text, what) => {
    await begin();
    writeFileSync(path('keys/master.key'), text);
    expect((await findingsOn('keys')).filter(({ severity }) => severity === 'problem')).toEqual(says('problem', what));
  });

  const notes = 'the key directory lies in the folder of the store';
  const beyondNotes = async (wishes: Wishes = {}) =>
    (await findingsOn('keys', wishes)).filter(({ what }) => what !== notes);

  it('finds a master key that others can read, and a folder where they can put another', async () => {
    await begin();
    chmodSync(path('keys/master.key'), 0o644);
    expect(await beyondNotes()).toEqual(says('problem', /others can read/, /chmod 600/));
    chmodSync(path('keys/master.key'), 0o600);
    chmodSync(path('keys'), 0o777);
    expect(await beyondNotes()).toEqual(says('problem', /others can replace/, /chmod go-w/));
  });

  it('notes that key and store lie together', async () => {
    await begin();
    expect((await findingsOn('keys')).map(({ what }) => what)).toEqual([notes]);
  });

  it('finds a ring without an active key for a purpose', async () => {
    await begin(async ({ world }) => {
      const [key] = (await readKeys(world.store)).filter(({ use }) => use === 'cookie-signing');
      if (key) await world.store.commit([replace(keyRing, { ...key, state: 'retiring' })]);
    });
    expect(await beyondNotes()).toEqual(says('problem', /no active cookie-signing key/));
  });

  it('warns when keys should have turned, a day after they should', async () => {
    await begin();
    const due = Date.now() + (90 - 7) * 24 * hour;
    expect(await beyondNotes(at(due + hour))).toEqual([]);
    expect(await beyondNotes(at(due + 26 * hour))).toEqual(says('warning', /should have turned/, /keys rotate/));
  });
});

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

  it('notes that no server has run yet', async () => {
    await begin();
    expect((await findingsOn('jobs')).map(({ severity }) => severity)).toEqual(['note']);
  });
});

describe('doctor --reach', () => {
  it('asks the issuer as a service would', async () => {
    const sekisho = await startSekisho();
    const environment = { SEKISHO__SERVER__ISSUER: sekisho.issuer };
    expect(await findingsOn('issuer', { environment }, ['--reach'])).toEqual([]);
    await sekisho.close();
    expect(await findingsOn('issuer', { environment }, ['--reach'])).toEqual(
      says('problem', /unreachable/, /server runs/),
    );
    expect(await findingsOn('issuer', { environment })).toEqual([]);
  });

  it.each([
    ['something else', 'HTTP/1.1 200 OK', 'It works!', /no discovery document/],
    [
      'another installation',
      'HTTP/1.1 200 OK',
      '{"issuer":"https://other.example"}',
      /calls itself https:\/\/other.example/,
    ],
    ['a proxy without us behind it', 'HTTP/1.1 502 Bad Gateway', '', /status 502/],
  ])('finds %s at the address of the issuer', async (_, head, body, what) => {
    const server = await serve((socket) => socket.end(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`));
    const environment = { SEKISHO__SERVER__ISSUER: `http://localhost:${server.port}` };
    expect(await findingsOn('issuer', { environment }, ['--reach'])).toEqual(says('problem', what));
    await server.close();
  });

  it.each([
    ['expired', new Date('2021-01-01'), /expired 2021-01-01/],
    ['is not accepted', new Date('2049-01-01'), /is not accepted: .*SELF_SIGNED/],
  ])('finds a certificate that %s', async (_, until, what) => {
    const server = await serve(() => {}, { tls: selfSigned('localhost', { until }) });
    const environment = { SEKISHO__SERVER__ISSUER: `https://localhost:${server.port}` };
    expect(await findingsOn('certificate', { environment }, ['--reach'])).toEqual(says('problem', what));
    expect(await findingsOn('issuer', { environment }, ['--reach'])).toEqual(says('problem', /: tls$/));
    await server.close();
  });

  it('accepts a certificate that it trusts, and finds that nobody takes the connection', async () => {
    const tls = selfSigned('localhost');
    const server = await serve(() => {}, { tls });
    const config = testConfig(cli().folder, { SEKISHO__SERVER__ISSUER: `https://localhost:${server.port}` });
    const patient = { ...(await admit(config, { ids: systemIds })), ca: [tls.cert] };
    expect(await reachCertificates(patient)).toMatchObject([{ severity: 'ok' }]);
    await server.close();
    expect(await reachCertificates(patient)).toMatchObject([
      { severity: 'problem', what: expect.stringMatching(/no TLS/) },
    ]);
    discharge(patient);
  });

  it('knocks at the SMTP server, and says when nobody opens', async () => {
    const server = createServer((socket) => {
      socket.write('220 mail.test ready\r\n');
      socket.on('data', (bytes) =>
        socket.write(String(bytes).startsWith('QUIT') ? '221 bye\r\n' : '250 mail.test\r\n'),
      );
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const environment = {
      SEKISHO__MAIL__HOST: '127.0.0.1',
      SEKISHO__MAIL__PORT: String(typeof address === 'object' ? address?.port : ''),
      SEKISHO__MAIL__SECURITY: 'none',
      SEKISHO__MAIL__FROM: 'noreply@example.ac.jp',
    };
    expect(await findingsOn('mail', { environment }, ['--reach'])).toEqual([]);
    await new Promise((resolve) => server.close(resolve));
    expect(await findingsOn('mail', { environment }, ['--reach'])).toEqual(
      says('problem', /does not take mail: ECONNREFUSED/),
    );
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
