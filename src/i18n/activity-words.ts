/**
 * The audit of an account in the words of its owner. What is not theirs to read (mails on their way, what the registry
 * did) is kept back by name, so that a new kind of event is decided on here: a test asks for each.
 */
import type { Locale } from '../base/locale.ts';
import type { AuditEvent, AuditFacts } from '../core/audit/event.ts';
import type { FactorKind, SecondFactorKind } from '../core/credentials/factor-use.ts';
import { words } from './words.ts';

export interface ActivityWords {
  readonly text: string;
  /** Worth a second look. */
  readonly isWarning: boolean;
  readonly details: readonly string[];
}

/** The name of a service in the reader's language; undefined where there is none by that id any more. */
export type ServiceName = (connectionId: string) => string | undefined;

type EventType = AuditFacts['type'];

/** Of no interest to the owner, or told by another event of the same moment. */
const keptBack: ReadonlySet<EventType> = new Set<EventType>([
  'activation.key_replaced',
  'connection.imported',
  'connection.resumed',
  'connection.secret_rotated',
  'connection.suspended',
  'demo.entered',
  'factors.reset_asked',
  'key.moved',
  'logout.answered',
  'master_key.moved',
  'notice.dead',
  'notice.dropped',
  'notice.retried',
  'notice.sent',
  'person.registered',
  'person.updated',
  'service.entered',
  'session.untold',
  'setup.link_issued',
  'store.backed_up',
  'store.copied',
  'store.forgotten',
  'store.restored',
]);

export const isKeptBack = (type: EventType): boolean => keptBack.has(type);

/** Undefined for what is kept back. */
export function activityWords(event: AuditEvent, locale: Locale, serviceName: ServiceName): ActivityWords | undefined {
  const { facts, actor } = event;
  const told = textOf(facts, locale, serviceName);
  if (told === undefined) return undefined;
  const { accountActivity } = words(locale);
  const { text, isWarning = false, details = [] } = typeof told === 'string' ? { text: told } : told;
  // An operator's address would tell the person nothing but where the desk is.
  const by = actor.kind === 'person' ? [] : [accountActivity.by[actor.kind]];
  const from =
    actor.kind === 'person' && actor.address !== undefined ? [accountActivity.from(actor.address, actor.device)] : [];
  return { text, isWarning, details: [...details, ...by, ...from] };
}

type Told = string | { readonly text: string; readonly isWarning?: boolean; readonly details?: readonly string[] };

const warning = (text: string): Told => ({ text, isWarning: true });

function textOf(facts: AuditFacts, locale: Locale, serviceName: ServiceName): Told | undefined {
  const { activity, factorKinds } = words(locale);
  const named = (id: string) => serviceName(id) ?? activity.unknownService;
  const factor = (kind: SecondFactorKind) => factorKinds[kind].name;
  switch (facts.type) {
    case 'login.granted':
    case 'login.denied':
    case 'login.failed':
    case 'session.ended':
      return loginText(facts, locale, named);
    case 'password.set':
      return warning(activity.passwordSet[facts.by]);
    case 'account.unlocked':
      return warning(facts.isPasswordGone ? activity.unlockedAnew : activity.unlocked);
    case 'factor.added':
      return warning(activity.factorAdded(factor(facts.kind)));
    case 'factor.removed':
      return warning(activity.factorRemoved(factor(facts.kind)));
    case 'factors.reset':
      return warning(activity.factorsReset);
    case 'recovery_codes.made':
      return warning(activity.codesMade);
    case 'temporary_pass.given':
      return warning(activity.passGiven);
    case 'temporary_pass.withdrawn':
      return activity.passWithdrawn;
    case 'release.allowed':
      return activity.releaseAllowed(named(facts.connectionId));
    case 'release.denied':
      return activity.releaseDenied(named(facts.connectionId));
    default:
      return plain(facts.type, locale);
  }
}

/** Sentences that need nothing of the event but its type. */
function plain(type: EventType, locale: Locale): Told | undefined {
  const { activity } = words(locale);
  switch (type) {
    case 'activation.key_issued':
      return warning(activity.keyIssued);
    case 'activation.key_used':
      return warning(activity.keyUsed);
    case 'activation.key_refused':
      return warning(activity.keyRefused);
    case 'account.issued':
      return activity.issued;
    case 'account.suspended':
      return warning(activity.suspended);
    case 'account.locked':
      return warning(activity.locked);
    case 'certificate.restored':
      return warning(activity.certificateRestored);
    case 'factor.counter_reversed':
      return warning(activity.passkeyReversed);
    case 'trusted_browser.added':
      return warning(activity.trustAdded);
    case 'trusted_browser.ended':
      return activity.trustEnded;
    case 'terms.accepted':
      return activity.termsAccepted;
    case 'role.granted':
      return warning(activity.roleGranted);
    default:
      return undefined;
  }
}

type LoginFacts = Extract<
  AuditFacts,
  { readonly type: 'login.granted' | 'login.denied' | 'login.failed' | 'session.ended' }
>;

function loginText(facts: LoginFacts, locale: Locale, named: (id: string) => string): Told {
  const { activity } = words(locale);
  if (facts.type === 'session.ended') {
    const causes: Readonly<Record<string, string>> = activity.ended;
    return causes[facts.cause] ?? activity.ended.other;
  }
  const service = facts.connectionId === undefined ? undefined : named(facts.connectionId);
  switch (facts.type) {
    case 'login.granted': {
      const by = facts.factors
        .map((kind) => factorWord(kind as FactorKind, locale))
        .join(locale === 'ja' ? '、' : ', ');
      return { text: service ? activity.loggedInTo(service) : activity.loggedIn, details: by === '' ? [] : [by] };
    }
    case 'login.denied': {
      const reasons: Readonly<Record<string, string>> = activity.reasons;
      const reason = reasons[facts.reason];
      return { text: service ? activity.deniedTo(service) : activity.denied, details: reason ? [reason] : [] };
    }
    case 'login.failed': {
      const text = facts.factor ? activity.failed(factorWord(facts.factor, locale)) : activity.wrongPassword;
      return { text, isWarning: true, details: service ? [service] : [] };
    }
  }
}

/** A factor by its name, the password among them. */
export function factorWord(kind: FactorKind, locale: Locale): string {
  const { factorKinds, account } = words(locale);
  return kind === 'password' ? account.password : factorKinds[kind].name;
}
