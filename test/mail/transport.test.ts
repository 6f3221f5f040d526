import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { type MailTransport, openTransport, type SmtpPatience } from '../../src/mail/transport.ts';
import { openSilence, openSmtp, type SmtpWishes, smtpSetting } from './smtp-stage.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function smtp(wishes?: SmtpWishes) {
  const stage = await openSmtp(wishes);
  closing.push(stage.close);
  return stage;
}

function transportTo(port: number, changes: Parameters<typeof smtpSetting>[1] = {}, patience?: SmtpPatience) {
  const transport: MailTransport = openTransport(smtpSetting(port, changes), 'auth.example.ac.jp', patience);
  closing.push(transport.close);
  return transport;
}

const never = new AbortController().signal;
const message = { from: 'no-reply@example.ac.jp', to: 'a@example.jp', subject: 'x', text: 'x' };

describe('openTransport', () => {
  it('logs in with a password of the configuration', async () => {
    const { port } = await smtp({ login: { user: 'sekisho', password: 'correct' } });
    const transport = transportTo(port, { user: 'sekisho', password: new Secret('correct') });
    expect(await transport.send(message, never)).toEqual({ kind: 'accepted' });
  });

  it('logs in with the first line of a password file', async () => {
    const { port } = await smtp({ login: { user: 'sekisho', password: 'correct' } });
    const folder = mkdtempSync(join(tmpdir(), 'sekisho-mail-'));
    closing.push(() => rmSync(folder, { recursive: true }));
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, 'correct\n');
    expect(await transportTo(port, { user: 'sekisho', passwordFile }).probe()).toEqual({ kind: 'accepted' });
  });

  it('takes a refused login for a closed way: no mail dies of it', async () => {
    const { port } = await smtp({ login: { user: 'sekisho', password: 'correct' } });
    const transport = transportTo(port, { user: 'sekisho', password: new Secret('wrong') });
    const outcome = { kind: 'unreachable', reason: expect.stringMatching(/^AUTH \w+ 535/) };
    expect(await transport.send(message, never)).toEqual(outcome);
    expect(await transport.probe()).toEqual(outcome);
  });

  it('sends nothing where STARTTLS was demanded and is not offered', async () => {
    const stage = await smtp();
    const outcome = await transportTo(stage.port, { security: 'starttls' }).send(message, never);
    expect(outcome).toMatchObject({ kind: 'unreachable' });
    expect(stage.arrived).toEqual([]);
  });

  it('does not wait for a server that says nothing', async () => {
    const silence = await openSilence();
    closing.push(silence.close);
    const patience = { connect: 5_000, silence: 50, whole: 5_000 };
    const outcome = await transportTo(silence.port, {}, patience).send(message, never);
    expect(outcome).toEqual({ kind: 'unreachable', reason: 'ETIMEDOUT' });
  });

  it('does not wait longer than a delivery may take, however often the server says a word', async () => {
    const stage = await smtp();
    stage.beforeAnswer = () => new Promise(() => undefined);
    const patience = { connect: 5_000, silence: 60_000, whole: 300 };
    const outcome = await transportTo(stage.port, {}, patience).send(message, never);
    expect(outcome).toEqual({ kind: 'unreachable', reason: 'ETIMEDOUT' });
  });

  it('ends soon after it is asked to', async () => {
    const stage = await smtp();
    const stop = new AbortController();
    stage.beforeAnswer = () => {
      stop.abort();
      return new Promise(() => undefined);
    };
    expect((await transportTo(stage.port).send(message, stop.signal)).kind).not.toBe('accepted');
  });
});
