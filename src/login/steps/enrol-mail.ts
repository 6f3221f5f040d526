/**
 * A notification address is registered in the middle of a login: it is typed, a code goes there, and the code comes back.
 * Nobody is told whether the address is somebody else's, too.
 */
import { credentialsOf } from '../../core/credentials/credential.ts';
import { type CodeReceiver, nextMailing, voided } from '../../core/credentials/mail-code.ts';
import { maskedAddress } from '../../core/credentials/masked-address.ts';
import { judgeAddress } from '../../core/credentials/notification-address.ts';
import { askedBecause } from '../asked-because.ts';
import type { Progress } from '../attempt.ts';
import { planEnrol } from '../enrol.ts';
import {
  type AboutSomebody,
  aboutSomebody,
  afterMailing,
  askerOf,
  isMailWish,
  mailCode,
  shownCode,
  tryMailCode,
} from '../mailed-code.ts';
import { openKinds } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import { shownProblem } from '../shown-problem.ts';
import type { Answer, AnswerOrigin, Step, StepMeans, StepResult } from '../step.ts';

/** Longer than any address, short enough to be kept in an attempt. */
const longestInput = 320;

export const enrolMail = {
  name: 'enrol-mail',
  asks: 'interaction',

  isDue: (situation) =>
    situation.progress.enrolling?.kind === 'mail-code' && openKinds(situation).includes('mail-code'),

  async show(means, situation, showing) {
    const { connection, progress } = situation;
    const about = aboutSomebody(situation);
    const receiver = receiverIn(about);
    const mailing = await nextMailing(means, askerOf(about), progress.mailedCode);
    return {
      ...(connection ? { service: serviceOf(connection, showing.locale) } : {}),
      ...askedBecause(situation, showing.locale),
      address: showing.typed?.('address').slice(0, longestInput) || addressIn(progress),
      ownDomains: means.config.university.domains,
      ...shownProblem(showing.problem, means.world.clock.now()),
      ...(receiver === undefined
        ? {}
        : { code: { ...(await shownCode(means, about, receiver, showing)), target: receiver.address } }),
      isExhausted: mailing.kind === 'exhausted',
      hasOtherKinds: openKinds(situation).length > 1,
    };
  },

  async take(means, situation, answer, origin) {
    const about = aboutSomebody(situation);
    const { progress } = situation;
    const choice = answer('choice');
    // Back to what could be set up instead; how many mails went out is remembered.
    if (choice === 'other') {
      const { enrolling: _enrolling, ...rest } = progress;
      return { kind: 'progress', progress: withVoidCode(rest), writes: [] };
    }
    if (choice === 'change') return { kind: 'progress', progress: withVoidCode(progress), writes: [] };
    const receiver = receiverIn(about);
    if (receiver === undefined) return takeAddress(means, about, answer, origin);
    if (isMailWish(answer)) {
      return afterMailing(await mailCode(means, about, origin, { receiver, type: 'confirm_address' }), situation);
    }
    const tried = await tryMailCode(means, about, answer, origin, receiver);
    if (tried.kind === 'refused') return tried.result;
    const { accountId, address } = receiver;
    const [id, at] = [means.world.ids.id(), means.world.clock.now()];
    const factor = {
      id,
      accountId,
      kind: 'mail-code',
      name: maskedAddress(address),
      address,
      addedAt: at,
      lastUsedAt: at,
    } as const;
    const move = await planEnrol(means, situation, origin.actor, {
      factor,
      use: { kind: 'mail-code', at, credentialId: id },
    });
    return { kind: 'progress', progress: move.progress, writes: [...tried.forgiven, ...move.writes] };
  },
} satisfies Step<'enrol-mail', object>;

async function takeAddress(
  means: StepMeans,
  situation: AboutSomebody,
  answer: Answer,
  origin: AnswerOrigin,
): Promise<StepResult> {
  const judged = judgeAddress(answer('address').slice(0, longestInput), means.config.university.domains);
  if (judged.kind !== 'good') return { kind: 'problem', problem: judged };
  const { address } = judged;
  if (await hasAddress(means, situation, address)) return { kind: 'problem', problem: { kind: 'used' } };
  const progress: Progress = { ...situation.progress, enrolling: { kind: 'mail-code', address } };
  const receiver = { accountId: situation.subject.account.id, address, to: address };
  const isAtOnce = address !== addressIn(situation.progress);
  const errand = { receiver, type: 'confirm_address', isAtOnce } as const;
  const mailed = await mailCode(means, { ...situation, progress }, origin, errand);
  return afterMailing(mailed, { ...situation, progress });
}

/** Their own: of other people's addresses nothing is told. */
async function hasAddress({ world }: StepMeans, { subject }: AboutSomebody, address: string): Promise<boolean> {
  const held = await credentialsOf(world.store, subject.account.id);
  return held.some((credential) => credential.kind === 'mail-code' && credential.address === address);
}

const addressIn = ({ enrolling }: Progress): string =>
  enrolling?.kind === 'mail-code' ? (enrolling.address ?? '') : '';

/** Where the code went that is to come back; undefined while the address is yet to be typed, or typed anew. */
function receiverIn({ subject, progress }: AboutSomebody): CodeReceiver | undefined {
  const address = addressIn(progress);
  if (address === '' || progress.mailedCode?.to !== address) return undefined;
  return { accountId: subject.account.id, address, to: address };
}

const withVoidCode = ({ mailedCode, ...rest }: Progress): Progress =>
  mailedCode ? { ...rest, mailedCode: voided(mailedCode) } : rest;
