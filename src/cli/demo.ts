/** `demo`: a small university on this machine, until it is asked to end. What it prints is all that a newcomer needs. */
import Table from 'cli-table3';
import type { Command } from 'commander';
import { openLog } from '../base/log.ts';
import { loadQuietly } from './load-quietly.ts';
import { localeOf } from './locale.ts';
import { addVerb, type Run } from './verb.ts';

const words = {
  usage: 'demo',
  summary: 'start a demonstration on this machine, with people whose passwords it prints',
  json: '{ issuer, services: [{ name, url, shows }], accounts: [{ loginName, kind, password, activationKey, totpSecret, shows: { ja, en } }] }',
};

const bare = { style: { head: [], border: [] } };

export const addDemo = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, async ({ terminal, isJson }) => {
    const { runDemo } = await loadQuietly(() => import('./demo-run.ts'));
    const stopped = terminal.untilStopped();
    const { close, ...demo } = await runDemo({ log: openLog('warn') });
    try {
      const locale = localeOf(terminal.environment);
      const services = new Table({ head: ['service', 'address'], ...bare });
      services.push(['Sekisho', demo.issuer], ...demo.services.map(({ name, url }) => [name, url]));
      const accounts = new Table({
        head: ['ID', 'kind', 'password', 'key for an authenticator app', 'shows'],
        ...bare,
      });
      accounts.push(
        ...demo.accounts.map(({ loginName, kind, password, activationKey, totpSecret, shows }) => [
          loginName,
          kind,
          password ?? (activationKey === null ? '–' : `key ${activationKey}`),
          totpSecret ?? '–',
          shows[locale],
        ]),
      );
      const text = `${services.toString()}\n${accounts.toString()}\nCtrl+C ends it.\n`;
      terminal.out(isJson ? `${JSON.stringify({ ok: true, ...demo })}\n` : text);
      await stopped;
    } finally {
      await close();
    }
    return undefined;
  });
