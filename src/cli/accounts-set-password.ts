/** `accounts set-password`: an operator sets a password; an account that was only issued becomes active by it. */
import type { Command } from 'commander';
import { DomainError } from '../base/errors.ts';
import { setPassword } from '../core/credentials/set-password.ts';
import { people } from '../core/people/person.ts';
import { passwordSentence } from '../i18n/password-words.ts';
import { localeOf } from './locale.ts';
import { namedAccount } from './named-account.ts';
import { readPassword } from './read-password.ts';
import { done, refused } from './report.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'set-password <login-name>',
  summary: 'set a password, read from standard input; makes an issued account active',
  more: 'At a terminal it asks twice, without showing what is typed; otherwise it takes the first line. Sessions of the account end.',
  json: '{ account: { id, loginName, state } }; refused: { refused: [{ rule, message }] }',
};

export const addAccountsSetPassword = (parent: Command, run: Run): Command =>
  addChangingVerb(parent, run, words, (call) =>
    onGround(call, async (world, { passwordKeeping }) => {
      const account = await namedAccount(world, call.args[0] ?? '');
      const person = await world.store.get(people, account.personId);
      if (!person) throw new DomainError('person.not_found', { account: account.id });
      const password = await readPassword(call.terminal);
      const change = { account, person, password, by: 'operator' as const };
      const outcome = await setPassword(world, passwordKeeping, call.actor, change);
      const { id, loginName } = account;
      if (outcome.kind === 'refused') {
        const locale = localeOf(call.terminal.environment);
        const sentences = outcome.problems.map((rule) => ({
          rule,
          message: passwordSentence(rule, passwordKeeping.preset, locale),
        }));
        return refused(['The password was not set.', ...sentences.map(({ message }) => message)], {
          refused: sentences,
        });
      }
      const state = account.state === 'issued' ? 'active' : account.state;
      return done([`${loginName} has a new password (${state}).`], { account: { id, loginName, state } });
    }),
  );
