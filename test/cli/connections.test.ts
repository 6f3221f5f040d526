import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { digestOf } from '../../src/base/digest.ts';
import { connections } from '../../src/core/connections/connection.ts';
import { answer, type LocalServer, serve } from '../outgoing/local-server.ts';
import { commandLine } from './command-line.ts';
import { production } from './doctor/doctor-stage.ts';

const cli = commandLine();
const example = readFileSync('config/connections.example.yaml', 'utf8');

beforeEach(() => {
  cli().write('connections.yaml', example);
  cli().write('logo.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
});

const importing = (...more: readonly string[]) => cli().sekisho(['connections', 'import', 'connections.yaml', ...more]);
const stored = (id: string) => cli().onGround(({ world }) => world.store.get(connections, id));
const secretIn = (text: string) => /client secret, shown only now: ([\w-]{43})\n/.exec(text)?.[1] ?? 'none';

describe('connections import', () => {
  it('connects the services of the example, and shows a secret once', async () => {
    const first = await importing();
    expect(first).toMatchObject({ exitCode: 0, err: '' });
    expect(first.out).toMatch(/^syllabus: new\n {2}client secret, .*\ncampus-map: new\n$/);
    const secret = secretIn(first.out);
    expect((await stored('syllabus'))?.oidc?.secrets).toMatchObject([{ digest: digestOf(secret) }]);
    const later = [
      await importing(),
      await cli().sekisho(['connections', 'export']),
      await cli().sekisho(['connections', 'list']),
    ];
    expect(later.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect(later[0]?.out).toBe('syllabus: unchanged\ncampus-map: unchanged\n');
    expect(later.map(({ out, err }) => out + err).join()).not.toContain(secret);
  });

  it('changes nothing in a dry run, and shows no secret that nobody stored', async () => {
    const { exitCode, out } = await importing('--dry-run');
    expect({ exitCode, out }).toEqual({
      exitCode: 0,
      out: 'syllabus: new\ncampus-map: new\nNothing was changed (--dry-run).\n',
    });
    expect(await cli().json(['connections', 'import', 'connections.yaml', '--dry-run'])).not.toHaveProperty(
      'connections.0.secret',
    );
    expect(await stored('syllabus')).toBeUndefined();
    expect(await cli().events()).toBe(0);
  });

  it('says which fields change, from what to what', async () => {
    await importing();
    cli().write(
      'connections.yaml',
      example.replace('en: Syllabus search', 'en: Syllabus').replace('consent: once', 'consent: none'),
    );
    const { out } = await importing();
    expect(out).toBe(
      'syllabus: changed\n  name.en: "Syllabus search" → "Syllabus"\n  consent: "once" → "none"\ncampus-map: unchanged\n',
    );
  });

  it('writes none of a file of which one connection is refused, and lists every problem with its place', async () => {
    cli().write(
      'connections.yaml',
      example.replace('http://127.0.0.1/', 'http://map.example/').replace('stage: test', 'stage: trial'),
    );
    const { exitCode, out, err } = await importing();
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toMatch(/connections\[0\]\.stage: .*connections\.yaml:\d+:\d+\)\n/);
    expect(err).toMatch(/connections\[1\]\.oidc\.redirectUris\[1\]: .*connections\.yaml:\d+:\d+\)\n/);
    expect(err).toContain('2 problems; nothing was written.');
    expect(await stored('syllabus')).toBeUndefined();
  });

  it('refuses a new connection that would have no secret', async () => {
    cli().write('connections.yaml', example.replace(/secret: generate/, '# no secret'));
    const { exitCode, err } = await importing();
    expect(exitCode).toBe(1);
    expect(err).toContain('connections[0].oidc.secret: is missing: the connection has no secret yet');
    expect(await stored('campus-map')).toBeUndefined();
  });

  it('reads a logo beside the document', async () => {
    cli().write('connections.yaml', example.replace('# logo: syllabus.svg', 'logo: logo.svg'));
    await importing();
    expect((await stored('syllabus'))?.logo).toMatch(/^data:image\/svg\+xml;base64,/);
  });
});

describe('connections import with a list of addresses', () => {
  const redirectUris = ['https://syllabus.example.ac.jp/callback', 'https://other.example.ac.jp/callback'];
  const documentAt = (port: number) =>
    example
      .replace('redirectUris: [https://syllabus.example.ac.jp/callback]', `redirectUris: [${redirectUris.join(', ')}]`)
      .replace('subject: pairwise', `subject: pairwise\n      sectorIdentifierUri: http://localhost:${port}/list.json`);
  let listed: readonly string[];
  let host: LocalServer;
  beforeEach(async () => {
    listed = redirectUris;
    host = await serve((socket) => answer('HTTP/1.1 200 OK', JSON.stringify(listed))(socket));
    cli().write('connections.yaml', documentAt(host.port));
  });
  afterEach(() => host.close());

  it('reads the list, and writes nothing while it leaves an address out', async () => {
    listed = redirectUris.slice(1);
    const { exitCode, err } = await importing();
    expect(exitCode).toBe(1);
    expect(err).toMatch(
      /connections\[0\]\.oidc\.sectorIdentifierUri: does not list https:\/\/syllabus.*yaml:\d+:\d+\)/,
    );
    expect(await stored('syllabus')).toBeUndefined();
    listed = redirectUris;
    expect((await importing('--dry-run')).exitCode).toBe(0);
    expect((await importing()).out).toMatch(/^syllabus: new\n/);
  });

  it('reads it again where an address is new, and not for anything else', async () => {
    await importing();
    await host.close();
    cli().write('connections.yaml', documentAt(host.port).replace('consent: once', 'consent: none'));
    expect((await importing()).out).toMatch(/^syllabus: changed\n {2}consent: /);
    cli().write('connections.yaml', documentAt(host.port).replace('ac.jp/callback, ', 'ac.jp/called-back, '));
    const { exitCode, err } = await importing();
    expect(exitCode).toBe(1);
    expect(err).toContain('sectorIdentifierUri: cannot be read: nobody takes the connection');
  });

  it('lists where Sekisho calls, for programs', async () => {
    await importing();
    const { connections: all } = (await cli().json(['connections', 'list'])) as { connections: readonly object[] };
    expect(all).toMatchObject([
      { id: 'campus-map' },
      { sectorIdentifierUri: `http://localhost:${host.port}/list.json` },
    ]);
  });

  it('takes no such list from its own machine in production', async () => {
    const { exitCode, err } = await cli().sekisho(['connections', 'import', 'connections.yaml'], production());
    expect(exitCode).toBe(1);
    expect(err).toContain('sectorIdentifierUri: lies on the machine of Sekisho itself');
    expect(host.received).toEqual([]);
  });
});

describe('connections export', () => {
  it('gives a document that imports again without change, logo and two secrets included', async () => {
    cli().write('connections.yaml', example.replace('# logo: syllabus.svg', 'logo: logo.svg'));
    await importing();
    await cli().sekisho(['connections', 'rotate-secret', 'syllabus']);
    const { out } = await cli().sekisho(['connections', 'export']);
    cli().write('connections.yaml', out);
    const before = await cli().events();
    expect((await importing()).out).toBe('campus-map: unchanged\nsyllabus: unchanged\n');
    expect(await cli().events()).toBe(before);
  });

  it('gives one connection by its id, and the same document as JSON', async () => {
    await importing();
    const { out } = await cli().sekisho(['connections', 'export', 'syllabus']);
    const document = parse(out);
    expect(document.connections).toHaveLength(1);
    expect(await cli().json(['connections', 'export', 'syllabus'])).toEqual({ ok: true, ...document });
  });

  it('connects the same services in another installation', async () => {
    await importing();
    const { out } = await cli().sekisho(['connections', 'export']);
    cli().write('connections.yaml', out);
    const environment = { SEKISHO__STORE__URL: `sqlite:${join(cli().folder, 'other.db')}` };
    const { connections: imported } = await cli().json(['connections', 'import', 'connections.yaml'], { environment });
    expect(imported).toEqual([
      { id: 'campus-map', outcome: 'new', changes: [] },
      { id: 'syllabus', outcome: 'new', changes: [] },
    ]);
  });
});

describe('connections rotate-secret', () => {
  it('shows the new secret once, and keeps the old one for the overlap', async () => {
    const old = secretIn((await importing()).out);
    const { connection, secret } = await cli().json(['connections', 'rotate-secret', 'syllabus', '--overlap', '1d']);
    expect(connection).toEqual({ id: 'syllabus' });
    expect((await stored('syllabus'))?.oidc?.secrets).toMatchObject([
      { digest: digestOf(old), expiresAt: expect.any(Number) },
      { digest: digestOf(String(secret)) },
    ]);
  });

  it('changes nothing in a dry run', async () => {
    await importing();
    const before = await stored('syllabus');
    const { out } = await cli().sekisho(['connections', 'rotate-secret', 'syllabus', '--dry-run']);
    expect(secretIn(out)).toBe('none');
    expect(await stored('syllabus')).toEqual(before);
  });
});

describe('connections suspend and resume', () => {
  it('cut a service off with a reason that the list shows, and connect it again', async () => {
    await importing();
    expect((await cli().sekisho(['connections', 'suspend', 'syllabus', '--reason', 'leak'])).exitCode).toBe(0);
    expect((await cli().sekisho(['connections', 'list'])).out).toContain('suspended: leak');
    const again = await cli().sekisho(['connections', 'suspend', 'syllabus', '--reason', 'leak']);
    expect(again).toMatchObject({ exitCode: 1, err: expect.stringContaining('connection.suspended') });
    expect(await cli().json(['connections', 'resume', 'syllabus'])).toMatchObject({ outcome: 'resumed' });
    expect(await cli().json(['connections', 'resume', 'syllabus'])).toMatchObject({ outcome: 'unchanged' });
    expect(await cli().json(['connections', 'list'])).toMatchObject({
      connections: [
        { id: 'campus-map', authentication: 'none' },
        { id: 'syllabus', state: 'active', authentication: 'client_secret_basic' },
      ],
    });
  });

  it('refuse a connection that does not exist', async () => {
    const { exitCode, err } = await cli().sekisho(['connections', 'resume', 'nothing']);
    expect(exitCode).toBe(1);
    expect(err).toContain('connection.not_found; connection: nothing');
  });
});
