/** `accounts give-pass`: a temporary pass for somebody whom a desk has seen, with which they set up a second factor. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { hours } from '../base/duration.ts';
import { credentialsOf } from '../core/credentials/credential.ts';
import { isStandIn } from '../core/credentials/factor-use.ts';
import { planTemporaryPass } from '../core/credentials/temporary-pass.ts';
import { parseCount } from './count-option.ts';
import { namedAccount } from './named-account.ts';
import { parsePersonName } from './person-name-option.ts';
import { done } from './report.ts';
import { isoTime, readerOf, shownTime } from './shown-time.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'give-pass <login-name>',
  summary: 'give a temporary pass to somebody whom a desk has seen',
  more: 'The pass is printed here and cannot be shown again. With it, after the password, the owner sets up a second factor. It is good until its end, until a factor is set up, or until another one is given. Look at proof of identity first.',
  json: '{ account: { id, loginName, state }, seenBy, expiresAt, hasReplaced, opens: boolean, pass? } (no pass in a dry run)',
};

interface PassOptions {
  readonly seenBy: string;
  readonly hours: number;
}

/** By what the chance of guessing one is reckoned (temporary-pass.ts). */
const longest = 72;

function parseHours(text: string): number {
  const count = parseCount(text);
  if (count > longest) throw new InvalidArgumentError(`Expected ${longest} hours at most.`);
  return count;
}

const options = [
  new Option('--seen-by <name>', 'who has looked at the person and at proof of identity')
    .argParser(parsePersonName)
    .makeOptionMandatory(),
  new Option('--hours <number>', `how long it is good, ${longest} at most`).argParser(parseHours).default(24),
];

export const addAccountsGivePass = (parent: Command, run: Run): Command =>
  addChangingVerb<PassOptions>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world, { codeDigest, factorThrottles, config }) => {
        const { seenBy } = call.options;
        const account = await namedAccount(world, call.args[0] ?? '');
        const expiresAt = world.clock.now() + hours(call.options.hours);
        const giving = { account, seenBy, expiresAt };
        const { pass, hasReplaced, writes } = await planTemporaryPass(world, codeDigest, call.actor, giving);
        // Whoever mistyped the old one must not wait with the new one in hand.
        await world.store.commit([...writes, ...factorThrottles['temporary-pass'].clear(account.id)]);
        const held = await credentialsOf(world.store, account.id);
        const hasFactor = held.some(({ kind }) => kind !== 'password' && !isStandIn(kind));
        const opens = !hasFactor || config.assurance.mfaBy.temporaryPass;
        const { id, loginName, state } = account;
        const shownEnd = shownTime(expiresAt, readerOf(call.terminal.environment, config));
        const lines = [
          // A rehearsal's pass was never stored.
          ...(call.isDryRun ? [] : [`${loginName}: temporary pass, shown only now: ${pass}`]),
          `${loginName}: to be used after the password, before ${shownEnd}.`,
          ...(hasReplaced ? [`${loginName}: the pass before it is good no more.`] : []),
          ...(opens
            ? []
            : [
                `${loginName} has second factors, and is not asked for a pass: \`factors reset\` them if they are lost.`,
              ]),
        ];
        const document = {
          account: { id, loginName, state },
          seenBy,
          expiresAt: isoTime(expiresAt),
          hasReplaced,
          opens,
        };
        return done(lines, { ...document, ...(call.isDryRun ? {} : { pass }) });
      }),
    options,
  );
