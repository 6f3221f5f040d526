/** `factors reset`: asks that all second factors of an account be removed. A second person confirms. */
import { type Command, Option } from 'commander';
import { resetDesk } from '../core/access/reset-desk.ts';
import { namedAccount } from './named-account.ts';
import { parsePersonName } from './person-name-option.ts';
import { done } from './report.ts';
import { isoTime, readerOf, shownTime } from './shown-time.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'reset <login-name>',
  summary: 'ask that all second factors of an account be removed',
  more: 'For somebody who has lost them, after a look at proof of identity. Nothing is removed until a second person confirms it with `factors confirm`, within a day, under a name and a user of the operating system of their own. Asking again takes the place of what was asked before.',
  json: '{ account: { id, loginName, state }, askedBy, reason, expiresAt }',
};

interface ResetOptions {
  readonly askedBy: string;
  readonly reason: string;
}

const options = [
  new Option('--asked-by <name>', 'who has looked at the person and at proof of identity')
    .argParser(parsePersonName)
    .makeOptionMandatory(),
  new Option('--reason <text>', 'for the colleague who confirms, and for the audit trail').makeOptionMandatory(),
];

export const addFactorsReset = (parent: Command, run: Run): Command =>
  addChangingVerb<ResetOptions>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world, ground) => {
        const { askedBy, reason } = call.options;
        const account = await namedAccount(world, call.args[0] ?? '');
        const desk = resetDesk(world, ground, { name: askedBy, actor: call.actor });
        const { expiresAt } = await desk.ask(account, reason);
        const { id, loginName, state } = account;
        const end = shownTime(expiresAt, readerOf(call.terminal.environment, ground.config));
        return done(
          [
            `${loginName}: nothing is removed yet. Somebody else confirms it before ${end}:`,
            `  sekisho factors confirm ${loginName} --confirmed-by NAME`,
          ],
          { account: { id, loginName, state }, askedBy, reason, expiresAt: isoTime(expiresAt) },
        );
      }),
    options,
  );
