/** `accounts issue-key`: a one-time key with which the owner activates an account, or sets a new password. */
import { type Command, Option } from 'commander';
import { planActivationKey } from '../core/credentials/activation/issue-activation-key.ts';
import { type KeyHanding, keyHandings } from '../core/people/account.ts';

import { namedAccount } from './named-account.ts';
import { done } from './report.ts';
import { isoTime, readerOf, shownTime } from './shown-time.ts';
import { UsageError } from './usage-error.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';
import { parseWhen, type When } from './when-option.ts';

const words = {
  usage: 'issue-key <login-name>',
  summary: 'make a one-time activation key, with which the owner sets a password',
  more: 'The key is printed here and cannot be shown again. It takes the place of an older one. Used on an active account it sets a new password and ends its sessions.',
  json: '{ account: { id, loginName, state }, handed, expiresAt, hasReplaced, url, key? } (no key in a dry run)',
};

interface IssueOptions {
  readonly handed: KeyHanding;
  readonly expires?: When;
}

const options = [
  new Option('--handed <way>', 'how it reaches the owner; in-person only after a look at proof of identity')
    .choices(keyHandings)
    .default('post'),
  new Option(
    '--expires <date>',
    'the last day, or moment, at which it is good (default: activation.keyLifetime)',
  ).argParser(parseWhen),
];

export const addAccountsIssueKey = (parent: Command, run: Run): Command =>
  addChangingVerb<IssueOptions>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world, { codeDigest, keyThrottle, config }) => {
        const { handed, expires } = call.options;
        const account = await namedAccount(world, call.args[0] ?? '');
        const expiresAt =
          expires?.(config.university.timeZone).below ?? world.clock.now() + config.activation.keyLifetime;
        if (expiresAt <= world.clock.now()) throw new UsageError('--expires names a time that is past.');
        const issue = { account, handed, expiresAt };
        const { key, hasReplaced, writes } = await planActivationKey(world, codeDigest, call.actor, issue);
        // Whoever mistyped the old one five times must not wait with the new one in hand.
        await world.store.commit([...writes, ...keyThrottle.clear(account.loginName)]);
        const { id, loginName, state } = account;
        const url = `${config.server.issuer}/activate`;
        const shownEnd = shownTime(expiresAt, readerOf(call.terminal.environment, config));
        const lines = [
          // A rehearsal's key was never stored.
          ...(call.isDryRun ? [] : [`${loginName}: activation key, shown only now: ${key}`]),
          `${loginName}: to be used at ${url} before ${shownEnd}; handed over ${handed === 'post' ? 'by post' : 'in person'}.`,
          ...(hasReplaced ? [`${loginName}: the key before it is good no more.`] : []),
        ];
        const document = { account: { id, loginName, state }, handed, expiresAt: isoTime(expiresAt), hasReplaced, url };
        return done(lines, { ...document, ...(call.isDryRun ? {} : { key }) });
      }),
    options,
  );
