/** `factors confirm`: the second of two people removes all second factors of an account. */
import { type Command, Option } from 'commander';
import { resetDesk } from '../core/access/reset-desk.ts';
import type { FactorReset } from '../core/credentials/reset-factors.ts';
import type { World } from '../core/world.ts';
import type { Ground } from '../ground.ts';
import { confirm } from './confirm.ts';
import { namedAccount } from './named-account.ts';
import { parsePersonName } from './person-name-option.ts';
import { done, type Report, refused } from './report.ts';
import { readerOf, shownTime } from './shown-time.ts';
import { printable } from './table.ts';
import { addChangingVerb, type Call, onGround, type Run } from './verb.ts';

const words = {
  usage: 'confirm <login-name>',
  summary: 'confirm what somebody else asked for, and remove all second factors of an account',
  more: 'Removes apps, passkeys, notification addresses, recovery codes and passes, ends trust in browsers and every session, and tells every known address. The password stays. It shows what was asked for, and asks before. Then give a pass: `accounts give-pass`.',
  json: '{ account: { id, loginName }, askedBy, confirmedBy, removed: [kind] }; refused: { refused: "none" | "own" | "gone" }',
};

interface ConfirmOptions {
  readonly config?: string;
  readonly confirmedBy: string;
  readonly yes?: boolean;
}

const options = [
  new Option('--confirmed-by <name>', 'who confirms; not who asked').argParser(parsePersonName).makeOptionMandatory(),
  new Option('--yes', 'do not ask before'),
];

const refusals = {
  none: 'nobody has asked for a reset, or it was more than a day ago: `factors reset` asks for one.',
  own: 'a reset is confirmed by somebody else than who asked: another name, and another user of the operating system.',
  gone: 'what was asked for is not open any more. Look again.',
};

export const addFactorsConfirm = (parent: Command, run: Run): Command =>
  addChangingVerb<ConfirmOptions>(
    parent,
    run,
    words,
    async (call) => {
      const looked = await lookAt(call);
      if ('refused' in looked) return looked.refused;
      // While no store is open: nobody waits for a person with a file in hand.
      if (!call.options.yes && !call.isDryRun) await confirm(call.terminal, looked.told, 'reset');
      return carryOut(call, looked);
    },
    options,
  );

interface Looked {
  readonly told: readonly string[];
  readonly edition: string;
}

const refuse = (loginName: string, why: keyof typeof refusals): Report =>
  refused([`${loginName}: ${refusals[why]}`], { refused: why });

const deskOf = (call: Call<ConfirmOptions>, world: World, ground: Ground) =>
  resetDesk(world, ground, { name: call.options.confirmedBy, actor: call.actor });

async function lookAt(call: Call<ConfirmOptions>): Promise<Looked | { readonly refused: Report }> {
  let looked: Looked | undefined;
  const report = await onGround(call, async (world, ground) => {
    const account = await namedAccount(world, call.args[0] ?? '');
    const found = await deskOf(call, world, ground).confirmation(account);
    if (found.kind !== 'open') return refuse(account.loginName, found.kind);
    const { request } = found;
    const askedAt = shownTime(request.askedAt, readerOf(call.terminal.environment, ground.config));
    looked = { told: consequence(account.loginName, request, askedAt), edition: request.edition };
    return done([], {});
  });
  return looked ?? { refused: report };
}

/** Of what was shown, and of nothing that was asked for meanwhile. */
const carryOut = (call: Call<ConfirmOptions>, { told, edition }: Looked): Promise<Report> =>
  onGround(call, async (world, ground) => {
    const account = await namedAccount(world, call.args[0] ?? '');
    const { id, loginName } = account;
    const found = await deskOf(call, world, ground).confirmation(account);
    if (found.kind !== 'open' || found.request.edition !== edition) return refuse(loginName, 'gone');
    const outcome = await found.confirm();
    if (outcome.kind === 'gone') return refuse(loginName, 'gone');
    const { removed } = outcome;
    const gone = removed.length > 0 ? removed.join(', ') : 'nothing was there';
    const said = `${loginName}: removed: ${gone}; all sessions have ended.`;
    const { askedBy } = found.request;
    const json = { account: { id, loginName }, askedBy, confirmedBy: call.options.confirmedBy, removed };
    return done(call.isDryRun ? [...told, said] : [said], json);
  });

/** What the asker typed is shown to somebody else's terminal. */
const consequence = (loginName: string, { askedBy, askedAs, reason }: FactorReset, askedAt: string) => [
  `${printable(askedBy)} (${printable(askedAs)}) asked on ${askedAt} that all second factors of ${loginName} be removed:`,
  `  ${printable(reason)}`,
  'Every session ends, no browser is trusted any more, and every known address is told. It cannot be taken back.',
];
