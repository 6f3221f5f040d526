/**
 * What the steps that mail a code have in common: asking for the mail, showing how it stands with it, and a try at the
 * code. The code lies in the attempt, so that an answer is a compare-and-swap like every other.
 */
import type { Instant } from '../base/clock.ts';
import {
  type CodeMailing,
  type CodeReceiver,
  isMailCode,
  isOpen,
  type MailedCode,
  nextMailing,
  outboxKey,
  planMailCode,
  readMailCode,
  withdrawMail,
  withOneTryLess,
} from '../core/credentials/mail-code.ts';
import type { MailAsker } from '../core/credentials/mail-sending.ts';
import { maskedAddress } from '../core/credentials/masked-address.ts';
import type { Mail } from '../core/notices/content.ts';
import { type NoticeStanding, noticeStanding } from '../core/notices/standing.ts';
import { displayName } from '../core/people/person.ts';
import { deviceWords } from '../core/sessions/device-words.ts';
import type { Write } from '../store/port.ts';
import { tryFactor } from './factor-try.ts';
import type { Situation, Subject } from './facts.ts';
import { type ShownProblem, shownProblem } from './shown-problem.ts';
import type { Answer, AnswerOrigin, Showing, StepMeans, StepMove, StepResult } from './step.ts';

export type AboutSomebody = Situation & { readonly subject: Subject };

/** @throws Error where nobody is known: a code is mailed to nobody. */
export function aboutSomebody(situation: Situation): AboutSomebody {
  const { subject } = situation;
  if (!subject) throw new Error('a code is mailed to whom the login is about');
  return { ...situation, subject };
}

/**
 * For whom mails are counted, and in which browser. Those to an address that is yet to be confirmed are counted over all of
 * them: it may be a stranger's, and every login with a factor makes another mark, and with it another count.
 */
export const askerOf = ({ subject, factorBrowser, progress }: AboutSomebody): MailAsker => ({
  accountId: subject.account.id,
  ...(factorBrowser && progress.enrolling?.kind !== 'mail-code' ? { factorBrowser } : {}),
});

/** What the mail is for, and where it goes. */
export interface CodeErrand {
  readonly receiver: CodeReceiver;
  readonly type: 'sign_in_code' | 'confirm_address';
  /** See CodeWish. */
  readonly isAtOnce?: boolean;
}

/** What mailing leaves behind, or why there is none. */
export type Mailed = { readonly kind: 'mailed'; readonly move: StepMove } | Exclude<CodeMailing, { kind: 'mailed' }>;

export async function mailCode(
  means: StepMeans,
  situation: AboutSomebody,
  origin: AnswerOrigin,
  { receiver, type, isAtOnce = false }: CodeErrand,
): Promise<Mailed> {
  const { progress } = situation;
  const mailing = await planMailCode(means, {
    receiver,
    factorBrowser: askerOf(situation).factorBrowser,
    locale: origin.locale ?? 'ja',
    mailOf: mailFor(means, situation, origin, type),
    previous: progress.mailedCode,
    isAtOnce,
  });
  if (mailing.kind !== 'mailed') return mailing;
  if (progress.mailedCode) await withdrawMail(means.world, progress.mailedCode);
  return { kind: 'mailed', move: { progress: { ...progress, mailedCode: mailing.code }, writes: mailing.writes } };
}

function mailFor(
  { world, config }: StepMeans,
  { subject: { account, person }, connection }: AboutSomebody,
  { userAgent = '' }: AnswerOrigin,
  type: CodeErrand['type'],
): (code: string, expiresAt: Instant) => Mail {
  const device = deviceWords(userAgent);
  const asked = {
    at: world.clock.now(),
    service: connection?.name ?? config.university.systemName,
    ...(device === undefined ? {} : { device }),
  };
  const { loginName, kind: accountKind } = account;
  const name = { ja: displayName(person, 'ja'), en: displayName(person, 'en') };
  return (code, expiresAt) =>
    type === 'confirm_address'
      ? { type, code, expiresAt, ...asked }
      : { type, code, expiresAt, ...asked, name, loginName, accountKind };
}

/** How it stands with the code and its mail, as the pages tell it. */
export interface ShownCode extends Omit<ShownProblem, 'error'> {
  /** Masked. */
  readonly target: string;
  /** `none`: there is no code that could be typed. */
  readonly mail: NoticeStanding | 'none';
  readonly wasSent: boolean;
  /** Another one than the first. */
  readonly isAnew: boolean;
  readonly minutesLeft: number;
  readonly triesLeft: number;
  /** Whole seconds until another may be sent, 0 for now; absent where there is none to come in this login. */
  readonly resendAfterSeconds?: number;
  /** `too_soon`: for another mail. */
  readonly error?: ShownProblem['error'] | 'too_soon';
}

export async function shownCode(
  means: StepMeans,
  situation: AboutSomebody,
  receiver: CodeReceiver,
  { problem, typed }: Showing,
): Promise<ShownCode> {
  const { world } = means;
  const { mailedCode } = situation.progress;
  const now = world.clock.now();
  const open = isOpen(mailedCode, receiver, now) ? mailedCode : undefined;
  const mailing = await nextMailing(means, askerOf(situation), mailedCode);
  const shown = shownProblem(problem, now);
  const isTooSoon = shown.error === 'throttled' && typed !== undefined && isMailWish(typed);
  return {
    target: maskedAddress(receiver.address),
    mail: open ? await noticeStanding(world, outboxKey(open.id)) : 'none',
    wasSent: mailedCode !== undefined,
    isAnew: (mailedCode?.sent ?? 0) > 1,
    minutesLeft: open ? Math.ceil((open.expiresAt - now) / 60_000) : 0,
    triesLeft: open?.triesLeft ?? 0,
    ...(mailing.kind === 'exhausted'
      ? {}
      : { resendAfterSeconds: mailing.kind === 'now' ? 0 : Math.ceil((mailing.at - now) / 1000) }),
    ...shown,
    ...(isTooSoon ? { error: 'too_soon' as const } : {}),
  };
}

/** Another mail, perhaps to another of the person's addresses: `resend`, or `resend:<credential id>`. */
export const isMailWish = (answer: Answer): boolean => /^resend(?::|$)/.test(answer('choice'));

/** What comes of the wish for another mail. */
export const afterMailing = (mailed: Mailed, { progress }: Situation): StepResult => {
  if (mailed.kind === 'mailed') return { kind: 'progress', ...mailed.move };
  // The page itself says that there are no more.
  if (mailed.kind === 'exhausted') return { kind: 'progress', progress, writes: [] };
  return { kind: 'problem', problem: { kind: 'throttled', until: mailed.at } };
};

export type CodeTry =
  /** `forgiven` are to be committed with the success. */
  | { readonly kind: 'right'; readonly forgiven: readonly Write[] }
  | { readonly kind: 'refused'; readonly result: StepResult };

/**
 * A slip is no guess and costs nothing; nor does a code too late, since none is compared. What is compared is charged
 * before, and a wrong one takes one of the code's own tries, too.
 */
export async function tryMailCode(
  means: StepMeans,
  situation: AboutSomebody,
  answer: Answer,
  origin: AnswerOrigin,
  receiver: CodeReceiver,
): Promise<CodeTry> {
  const { progress } = situation;
  const { mailedCode } = progress;
  const refuse = (result: StepResult): CodeTry => ({ kind: 'refused', result });
  const digits = readMailCode(answer('code'));
  if (digits === undefined) return refuse({ kind: 'problem', problem: { kind: 'incomplete' } });
  if (!isOpen(mailedCode, receiver, means.world.clock.now())) {
    return refuse({ kind: 'problem', problem: { kind: 'lapsed' } });
  }
  const attempted = await tryFactor(means, 'mail-code', situation, origin);
  if (attempted.kind === 'refused') return attempted;
  if (isMailCode(means.masterKey, mailedCode, receiver, digits)) {
    return { kind: 'right', forgiven: attempted.forgiven };
  }
  const left: MailedCode = withOneTryLess(mailedCode);
  const failed = await attempted.fail(left.triesLeft > 0 ? 'wrong' : 'lapsed');
  return refuse({
    ...failed,
    ...(failed.kind === 'problem' ? { move: { progress: { ...progress, mailedCode: left }, writes: [] } } : {}),
  });
}
