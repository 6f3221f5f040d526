/** A node that a database does not take in: what its operator reads, in both languages, and that no password is among it. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.ts';
import { mongod } from '../support/mongo/mongod.ts';
import { type ReplicaSet, startReplicaSet } from '../support/mongo/replica-set.ts';
import { type SingleMongod, startSingleMongod } from '../support/mongo/single-mongod.ts';
import { describeWith } from '../support/needs.ts';
import { commandLine } from './command-line.ts';

const commands = commandLine();
const root = { name: 'root', password: 'Kamo7gawaSecret' };
const hasty = { SEKISHO__STORE__MONGO__DEADLINE: '1s', SEKISHO__STORE__MONGO__CONNECTTIMEOUT: '3s' };
const on = (url: string, locale = 'C.UTF-8') => ({ ...hasty, SEKISHO__STORE__URL: url, LC_ALL: locale });

describeWith(mongod, 'sekisho start on servers that do not take it in', () => {
  let set: ReplicaSet;
  let standalone: SingleMongod;

  beforeAll(async () => {
    [set, standalone] = await Promise.all([startReplicaSet({ root, electionTimeoutMs: 1_000 }), startSingleMongod()]);
  }, 60_000);
  afterAll(() => Promise.all([set.close(), standalone.close()]), 60_000);

  const wrongName = () => set.url('sekisho', root).replace('replicaSet=sekisho', 'replicaSet=rs0');
  const nobody = () => set.url('sekisho');
  const alone = () => `mongodb://${standalone.host}/?replicaSet=sekisho`;

  it.each([
    ['store.standalone', alone, 'The MongoDB server is no member of a replica set', 'sekisho store initiate'],
    ['store.wrong_set', wrongName, 'The replica set has another name', 'expected: rs0; found: sekisho'],
    ['store.forbidden', nobody, 'The database does not let Sekisho in', 'readWrite'],
  ])('says %s in English, with what to do', async (code, url, title, todo) => {
    const { exitCode, out, err } = await commands().sekisho(['start'], { environment: on(url()) });
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain(`${title} (${code}; `);
    expect(err).toContain(todo);
  });

  it.each([
    ['store.standalone', alone, 'この MongoDB はレプリカセットのメンバーではありません', 'sekisho store initiate'],
    ['store.wrong_set', wrongName, 'レプリカセットの名前が違います', 'expected: rs0; found: sekisho'],
    ['store.forbidden', nobody, 'データベースに接続する権限がありません', 'readWrite'],
  ])('says %s in Japanese, with what to do', async (code, url, title, todo) => {
    const { exitCode, err } = await commands().sekisho(['start'], { environment: on(url(), 'ja_JP.UTF-8') });
    expect(exitCode).toBe(1);
    expect(err).toContain(`${title} (${code}; `);
    expect(err).toContain(todo);
  });

  it('tells of every member while there is no primary, and gives no password away', async () => {
    const [first, second] = set.members;
    await first?.kill();
    await second?.kill();
    await set.headless();
    try {
      const { code, output } = await told(['start', '--verbose'], set.url('sekisho', root));
      expect(code).toBe(1);
      expect(output).toContain('The replica set has no primary (store.no_primary; set: sekisho; members: ');
      expect(output).toContain(`${first?.host} unreachable`);
      expect(output).not.toContain(root.password);
    } finally {
      await first?.restart();
      await second?.restart();
      await set.settled();
    }
  }, 60_000);

  it.each([
    ['with a wrong password', () => set.url('sekisho', { ...root, password: 'Guessed1Secret' }), 'store.forbidden'],
    ['with the name of another set', wrongName, 'store.wrong_set'],
  ])('gives no password away %s', async (_, url, refusal) => {
    const { code, output } = await told(['start', '--verbose'], url());
    expect(code).toBe(1);
    expect(output).toContain(refusal);
    const json = await commands().sekisho(['start', '--json'], { environment: on(url()) });
    expect(JSON.parse(json.out)).toMatchObject({ error: { code: refusal } });
    const doctor = await commands().sekisho(['doctor'], { environment: on(url()) });
    expect(doctor.exitCode).toBe(1);
    expect([output, json.out, json.err, doctor.out, doctor.err].join('\n')).not.toMatch(/Kamo7gawa|Secret/);
  });
});

describe('sekisho start at an address where nobody answers', () => {
  it('names the hosts in both languages, and not the password', async () => {
    const host = `127.0.0.1:${await freePort()}`;
    const url = `mongodb://writer:Kamo7gawaSecret@${host}/?replicaSet=sekisho`;
    const english = await told(['start', '--verbose'], url);
    expect(english.code).toBe(1);
    expect(english.output).toContain(`No server of the database answers (store.unreachable; hosts: ${host}; cause: `);
    expect(english.output).not.toContain('Kamo7gawaSecret');
    const japanese = await commands().sekisho(['start'], { environment: on(url, 'ja_JP.UTF-8') });
    expect(japanese.err).toContain(
      `データベースのサーバーに接続できません (store.unreachable; hosts: ${host}; cause: `,
    );
  });

  it('repeats no address that cannot be read', async () => {
    for (const url of [
      'mongodb://w:Kamo7gawa@Secret@db1/?replicaSet=s',
      'mongodb://w:Kamo7gawaSecret@db1/?replicaSet=s&tls=x',
    ]) {
      const { code, output } = await told(['start', '--verbose'], url);
      expect(code).toBe(1);
      expect(output).toContain('store.url');
      expect(output).not.toMatch(/Kamo7gawa|Secret/);
    }
  });
});

/** As a process of its own: whatever it writes anywhere, the log at its most talkative included. */
async function told(args: readonly string[], url: string): Promise<{ readonly code: number; readonly output: string }> {
  const { folder } = commands();
  const child = spawn(process.execPath, ['src/main.ts', ...args, '--config', 'config/kyoto.yaml'], {
    env: {
      PATH: process.env.PATH,
      ...on(url),
      SEKISHO__MODE: 'development',
      SEKISHO__LOG__LEVEL: 'debug',
      SEKISHO__KEYS__DIRECTORY: `${folder}/keys`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number>((resolve) => child.once('exit', (exitCode) => resolve(exitCode ?? -1))),
  ]);
  return { code, output: out + err };
}
