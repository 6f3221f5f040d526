/**
 * Which second factor is due, or whether one may be set up now. Pure functions of the situation: the steps ask here
 * whether it is their turn, so that none of them knows another.
 */
import { trueLevels } from '../core/credentials/assurance.ts';
import { enrolmentEnd } from '../core/credentials/enrolment-end.ts';
import { type FactorUse, isStandIn, type SecondFactorKind } from '../core/credentials/factor-use.ts';
import type { Situation, Subject } from './facts.ts';
import type { HeldFactor } from './held-factors.ts';
import { type Requirement, unmetBy } from './requirement.ts';

/** The kinds for which there is a step, in the order in which they are offered to somebody who has used none yet. */
export const askable: readonly SecondFactorKind[] = [
  'passkey',
  'totp',
  'mail-code',
  'certificate',
  'recovery-code',
  'temporary-pass',
];

/** Kinds that a person can set up alone; the first is recommended. */
export const enrolable = ['passkey', 'totp', 'mail-code'] as const;
export type Enrolable = (typeof enrolable)[number];

/** A way that this installation has no means for is neither asked for nor offered. */
const isUsable = (situation: Situation, kind: SecondFactorKind): boolean => {
  const { canMail, hasNoPasskeys, certifiedKinds, subject } = situation;
  if (kind === 'mail-code') return canMail;
  if (kind === 'passkey') return hasNoPasskeys !== true;
  return kind !== 'certificate' || (subject !== undefined && certifiedKinds?.includes(subject.account.kind) === true);
};

const unmet = ({ assurance, requirements }: Situation, factors: readonly FactorUse[]): readonly Requirement[] =>
  unmetBy(assurance, requirements, factors);

const unmetWith = (situation: Situation, { factors }: Subject, use: FactorUse): number =>
  unmet(situation, [...factors, use]).length;

/** Whether one more factor brings the login nearer to what is required. */
const isProgress = (situation: Situation, subject: Subject, use: FactorUse): boolean =>
  unmetWith(situation, subject, use) < unmet(situation, subject.factors).length;

const essentialUnmet = (situation: Situation): readonly Requirement[] =>
  unmet(situation, situation.subject?.factors ?? []).filter(({ isEssential }) => isEssential);

/** Something is missing without which nothing is granted. */
export const isShort = (situation: Situation): boolean => essentialUnmet(situation).length > 0;

/** Why more is asked for than was given: what the service must have comes before what it wishes. */
export const missing = (situation: Situation): Requirement | undefined =>
  essentialUnmet(situation)[0] ?? unmet(situation, situation.subject?.factors ?? [])[0];

/**
 * The kinds that the person has and that would help. One that does for everything comes first, then the one used last;
 * codes that stand in for a lost factor are offered last, however recently one was needed.
 */
export function openWays(situation: Situation): readonly SecondFactorKind[] {
  const { subject } = situation;
  if (!subject?.held) return [];
  // A code that stands in for a lost factor is not spent on a mere wish.
  const held = subject.held.filter(
    ({ kind }) => askable.includes(kind) && isUsable(situation, kind) && (isShort(situation) || !isStandIn(kind)),
  );
  const useful = isWithinReach(situation, subject, held)
    ? held.filter(({ potential }) => isProgress(situation, subject, potential))
    : [];
  const opening = useful.length === 0 && mayOpenEnrolment(situation, subject) ? passesOf(subject) : [];
  const ordered = [...useful, ...opening].toSorted(
    (a, b) =>
      Number(isStandIn(a.kind)) - Number(isStandIn(b.kind)) ||
      unmetWith(situation, subject, a.potential) - unmetWith(situation, subject, b.potential) ||
      (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0) ||
      askable.indexOf(a.kind) - askable.indexOf(b.kind),
  );
  return [...new Set(ordered.map(({ kind }) => kind))];
}

/**
 * The same, and last a certificate that was never used here: whether the person has one only they know, so it is offered and
 * neither asked for by itself nor taken for a factor that is there.
 */
export function offeredWays(situation: Situation): readonly SecondFactorKind[] {
  const ways = openWays(situation);
  return mayBringCertificate(situation) && !ways.includes('certificate') ? [...ways, 'certificate'] : ways;
}

function mayBringCertificate(situation: Situation): boolean {
  const { subject, now: at } = situation;
  if (!subject?.held || !isUsable(situation, 'certificate')) return false;
  const potential = { kind: 'certificate', at, credentialId: '' } as const;
  const brought: HeldFactor = { kind: 'certificate', credentialId: '', potential };
  return isWithinReach(situation, subject, [...subject.held, brought]) && isProgress(situation, subject, potential);
}

/** Nobody is asked for one factor after the other, only to hear that the service cannot be used after all. */
const isWithinReach = (situation: Situation, { factors }: Subject, held: readonly HeldFactor[]): boolean =>
  unmet(situation, [...factors, ...held.map(({ potential }) => potential)]).every(({ isEssential }) => !isEssential);

/** A pass proves to nobody but us that a desk has seen the person; what it opens is the setting up of a factor. */
const mayOpenEnrolment = (situation: Situation, subject: Subject): boolean =>
  isShort(situation) && !hasUsedPass(subject) && !hasOwnFactor(subject) && kindsThatDo(situation, subject).length > 0;

const passesOf = (subject: Subject) => (subject.held ?? []).filter(({ kind }) => kind === 'temporary-pass');
const hasUsedPass = ({ factors }: Subject): boolean => factors.some(({ kind }) => kind === 'temporary-pass');

/** Recovery codes and passes belong to a factor that was there, or will be; they are none by themselves. */
export const hasOwnFactor = ({ held = [] }: Subject): boolean => held.some(({ kind }) => !isStandIn(kind));

/** The kind to ask for now, `choose` where the person wishes to choose, or undefined where none is due or none would do. */
export function wayDue(situation: Situation): SecondFactorKind | 'choose' | undefined {
  const ways = openWays(situation);
  const offered = offeredWays(situation);
  const { way } = situation.progress;
  if (offered.length === 0 || (way === 'skip' && maySkip(situation))) return undefined;
  if (way === 'certificate' && offered.includes(way)) return way;
  // Only a certificate that may not be there: whoever may set up something is led there, anybody else hears of both, it and
  // the desk. For a mere wish nobody is stopped.
  if (ways.length === 0) return maySkip(situation) || enrolmentDue(situation)?.kind === 'open' ? undefined : 'choose';
  if (way === 'choose') return 'choose';
  return ways.find((open) => open === way) ?? ways[0];
}

/** A wish is followed by whoever has the means at hand, and stops nobody. */
export const maySkip = (situation: Situation): boolean => !isShort(situation);

export type Enrolment =
  /** What may be set up: each of these would do. */
  | { readonly kind: 'open'; readonly kinds: readonly Enrolable[] }
  /** The person has to be seen by a desk first: a stolen password alone must not be able to make itself a factor. */
  | { readonly kind: 'closed' }
  /** Nothing that can be set up here would do. */
  | { readonly kind: 'useless' };

/** Undefined where nothing essential is missing, or something that the person has will do. */
export function enrolmentDue(situation: Situation): Enrolment | undefined {
  const { subject, now, enrolment } = situation;
  if (isAdding(situation)) return { kind: 'open', kinds: enrolable.filter((kind) => isUsable(situation, kind)) };
  if (!subject?.held || !isShort(situation) || openWays(situation).length > 0) return undefined;
  const kinds = kindsThatDo(situation, subject);
  if (kinds.length === 0 || needsBetterPassword(situation, subject)) return { kind: 'useless' };
  const isWithinWindow = now < enrolmentEnd(subject.account, enrolment.window);
  const isOpen = !hasOwnFactor(subject) && (isWithinWindow || hasUsedPass(subject));
  return isOpen ? { kind: 'open', kinds } : { kind: 'closed' };
}

/** What may be set up now; nothing where that is not open, or not due. */
export function openKinds(situation: Situation): readonly Enrolable[] {
  const enrolment = enrolmentDue(situation);
  return enrolment?.kind === 'open' ? enrolment.kinds : [];
}

/**
 * One more, from the person's own pages. Asked here and not only there: without a second factor proven a moment ago, a
 * stolen password or an unlocked browser would be enough to make oneself a factor.
 */
export const isAdding = ({ request, progress, subject, assurance }: Situation): boolean =>
  request.addsFactor === true &&
  request.maxAgeSeconds !== undefined &&
  !progress.hasAdded &&
  subject !== undefined &&
  trueLevels(assurance, subject.factors).includes('mfa');

const kindsThatDo = (situation: Situation, { factors }: Subject): readonly Enrolable[] =>
  enrolable.filter(
    (kind) =>
      isUsable(situation, kind) &&
      unmet(situation, [...factors, freshUse(kind, situation.now)]).every(({ isEssential }) => !isEssential),
  );

/** A password alone would do, if it were a better one: no desk need see anybody for that. */
const needsBetterPassword = (situation: Situation, { factors }: Subject): boolean =>
  unmet(situation, [...factors, passwordOfToday(situation)]).every(({ isEssential }) => !isEssential);

const passwordOfToday = ({ now: at }: Situation): FactorUse => ({ kind: 'password', at, preset: 'default' });

/** What a factor of this kind would prove if it were set up and used now; of its product nothing is known. */
function freshUse(kind: Enrolable, at: number): FactorUse {
  if (kind !== 'passkey') return { kind, at, credentialId: '' };
  return { kind, at, credentialId: '', userVerified: true, isSynced: true, aaguid: '' };
}

/** A password that was not given would meet what is missing: somebody signed in with a passkey alone. */
export const wantsPassword = (situation: Situation): boolean =>
  situation.subject !== undefined &&
  !situation.subject.factors.some(({ kind }) => kind === 'password') &&
  isProgress(situation, situation.subject, passwordOfToday(situation));
