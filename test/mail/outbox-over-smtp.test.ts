import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError } from '../../src/base/errors.ts';
import { systemIds } from '../../src/base/ids.ts';
import { openLog } from '../../src/base/log.ts';
import { auditEvents } from '../../src/core/audit/event.ts';
import { deliverDue } from '../../src/core/notices/deliver-due.ts';
import { type Notice, notices } from '../../src/core/notices/notice.ts';
import { type Owed, planNotices } from '../../src/core/notices/plan.ts';
import type { World } from '../../src/core/world.ts';
import { mailSender } from '../../src/mail/mail-sender.ts';
import { type MailTransport, openTransport } from '../../src/mail/transport.ts';
import { openStore } from '../../src/store/open.ts';
import type { Store } from '../../src/store/port.ts';
import { sampleMasterKey } from '../core/fresh-world.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { freePort, testConfig } from '../support/sekisho.ts';
import { mailContent, sampleMails } from './sample-mails.ts';
import { openSilence, openSmtp, type SmtpStage, smtpSetting } from './smtp-stage.ts';

const minute = 60_000;
const config = testConfig('/nowhere');
/** The server of the tests speaks a tenth of a second after it was called, as servers do against spam. */
const patience = { connect: 20_000, silence: 20_000, whole: 20_000 };

describe('the outbox over SMTP', () => {
  let folder: string;
  let clock: FakeClock;
  let world: World;
  let port: number;
  let smtp: SmtpStage;
  let lines: string[];
  const transports: MailTransport[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sekisho-outbox-'));
    clock = new FakeClock();
    world = { store: await openFile(), clock, ids: systemIds };
    lines = [];
    port = await freePort();
    smtp = await openSmtp({ port });
  });
  afterEach(async () => {
    for (const transport of transports.splice(0)) transport.close();
    await smtp.close();
    await world.store.close();
    rmSync(folder, { recursive: true });
  });

  const openFile = (): Promise<Store> =>
    openStore({ url: `sqlite:${join(folder, 'store.db')}`, collections: [notices, auditEvents], clock });

  /** A node with a transport of its own. */
  function sender(to = port, store = world.store, silence = patience.silence): () => Promise<void> {
    const setting = smtpSetting(to);
    const transport = openTransport(setting, 'auth.example.ac.jp', { ...patience, silence });
    transports.push(transport);
    const senders = { mail: mailSender(config, setting, transport) };
    const log = openLog('debug', { write: (line: string) => void lines.push(line) });
    const signal = new AbortController().signal;
    const means = { masterKey: sampleMasterKey, senders, giveUpAfter: setting.giveUpAfter };
    return () => deliverDue(means, { world: { ...world, store }, signal, log });
  }

  async function owe(to: string, device = 'Chrome', more: Partial<Owed> = {}): Promise<void> {
    const mail = { ...sampleMails.new_device_sign_in, device };
    const owed = { kind: 'mail', content: mailContent({ to, mail }), ...more } as Owed;
    await world.store.commit(await planNotices(world, sampleMasterKey, [owed]));
    clock.advance(1);
  }

  const all = async (): Promise<readonly Notice[]> =>
    (await world.store.find(notices, { index: 'byTime', limit: 1000 })).records;
  const states = async () => (await all()).map(({ state }) => state);
  const devices = () => smtp.arrived.map(({ mail }) => /端末：(\S+)/.exec(mail.text ?? '')?.[1]);
  /** Everything that lies in the folder of the store, its log included. */
  const onDisk = (): string =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('\n');

  it('loses nothing and keeps the order when the server was down and came back', async () => {
    const deliver = sender();
    await smtp.close();
    for (const device of ['first', 'second', 'third']) {
      await owe('a@example.jp', device);
      await deliver();
      clock.advance(10 * minute);
    }
    expect(await states()).toEqual(['due', 'due', 'due']);
    expect((await all())[0]).toMatchObject({ lastError: 'ECONNREFUSED' });
    smtp = await openSmtp({ port });
    clock.advance(15 * minute);
    await deliver();
    await deliver();
    expect(devices()).toEqual(['first', 'second', 'third']);
    expect(await states()).toEqual(['sent', 'sent', 'sent']);
  });

  it('tries again what the server could not take now', async () => {
    const deliver = sender();
    smtp.refuseRecipient = () => ({ code: 451, words: '4.7.1 Greylisted, a@example.jp' });
    await owe('a@example.jp');
    await deliver();
    expect(await all()).toEqual([expect.objectContaining({ state: 'due', lastError: 'RCPT TO 451 4.7.1' })]);
    smtp.refuseRecipient = () => undefined;
    clock.advance(2 * minute);
    await deliver();
    expect(await states()).toEqual(['sent']);
  });

  it.each(['recipient', 'mail'])('gives up at once what the server refuses for good: %s', async (which) => {
    const deliver = sender();
    const refusal = { code: 550, words: '5.1.1 No such user a@example.jp' };
    if (which === 'recipient') smtp.refuseRecipient = (address) => (address === 'a@example.jp' ? refusal : undefined);
    else smtp.refuseMail = ({ to }) => (to?.[0]?.address === 'a@example.jp' ? refusal : undefined);
    await owe('a@example.jp');
    await owe('b@example.jp');
    await deliver();
    expect(await states()).toEqual(['dead', 'sent']);
    expect(JSON.stringify(await all())).not.toContain('a@example.jp');
  });

  it('leaves a server that says nothing, and sends when another takes its place', async () => {
    const silence = await openSilence();
    await owe('a@example.jp');
    await sender(silence.port, world.store, 100)();
    await silence.close();
    expect(await all()).toEqual([expect.objectContaining({ state: 'due', lastError: 'ETIMEDOUT' })]);
    clock.advance(2 * minute);
    await sender()();
    expect(await states()).toEqual(['sent']);
  });

  it('sends once when two nodes work on one store', async () => {
    const other = await openFile();
    for (let place = 0; place < 20; place += 1) await owe(`r${place}@example.jp`);
    await Promise.all([sender()(), sender(port, other)()]);
    await other.close();
    expect(smtp.arrived).toHaveLength(20);
    expect(new Set(smtp.arrived.flatMap(({ to }) => to)).size).toBe(20);
    expect(new Set(await states())).toEqual(new Set(['sent']));
  });

  it('sends a second copy with the same id and date when a node was lost between acceptance and commit', async () => {
    let accepted = false;
    smtp.beforeAnswer = async () => {
      accepted = true;
    };
    const { store } = world;
    const dying: Store = {
      ...store,
      get: (collection, id) => store.get(collection, id),
      find: (collection, query) => store.find(collection, query),
      commit: async (writes) => {
        if (accepted) throw new DomainError('store.unavailable');
        return store.commit(writes);
      },
    };
    await owe('a@example.jp');
    await expect(sender(port, dying)()).rejects.toThrow('store.unavailable');
    expect(await states()).toEqual(['sending']);
    clock.advance(minute);
    await sender()();
    expect(smtp.arrived).toHaveLength(1);
    clock.advance(2 * minute);
    await sender()();
    const [first, second] = smtp.arrived.map(({ mail: { messageId, date } }) => ({ messageId, date }));
    expect(second).toEqual(first);
    expect(first?.messageId).toContain((await all())[0]?.id);
    expect(await states()).toEqual(['sent']);
  });

  it('never has what a mail says on the disk in the clear, nor in the log', async () => {
    const deliver = sender();
    await owe('hanako.secret@example.jp', 'SECRET-482915', { lapsesAt: clock.now() + 10 * minute });
    const clear = ['hanako.secret', 'SECRET-482915', '203.0.113.7'];
    const sealed = (await all())[0]?.content ?? '';
    expect(onDisk()).toContain(sealed);
    for (const secret of clear) expect(onDisk()).not.toContain(secret);
    smtp.refuseMail = () => ({ code: 451, words: 'SECRET-482915 for hanako.secret@example.jp is not taken' });
    await deliver();
    smtp.refuseMail = () => undefined;
    clock.advance(2 * minute);
    await deliver();
    expect(devices()).toEqual(['SECRET-482915']);
    expect((await all())[0]).not.toHaveProperty('content');
    for (const secret of clear) expect(onDisk() + lines.join()).not.toContain(secret);
    expect(lines.join()).toContain('notice was not accepted');
  });

  it('drops a secret whose time ran out while the server was down', async () => {
    const deliver = sender();
    await smtp.close();
    await owe('a@example.jp', 'Chrome', { lapsesAt: clock.now() + 10 * minute });
    await deliver();
    clock.advance(11 * minute);
    smtp = await openSmtp({ port });
    await deliver();
    expect(smtp.arrived).toEqual([]);
    expect(await all()).toEqual([expect.objectContaining({ state: 'dropped' })]);
  });
});
