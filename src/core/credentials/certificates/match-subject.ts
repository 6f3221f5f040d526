/**
 * Whose certificate it is, by the university's rules. Pure. The authority has vouched for the names in it; a rule says which
 * of them is ours, and where it was issued for us: an authority such as that of UPKI issues for every university.
 */
import { isSameName, writtenName } from '../../certificates/distinguished-name.ts';
import type { CertificateNames } from '../../certificates/read-certificate.ts';
import type { Account } from '../../people/account.ts';
import type { Person } from '../../people/person.ts';
import type { CertificateFacts } from './certificate-facts.ts';

export interface SubjectRule {
  /** All kinds where it is absent. */
  readonly accountKinds?: readonly string[];
  /** The whole name of the issuer, RFC 4514. */
  readonly issuer?: string;
  /** What the subject's name ends with, RFC 4514. */
  readonly under?: string;
  readonly field: keyof CertificateNames;
  /** Matches the whole field; its group `id`, or all of it, is what is compared. */
  readonly pattern?: RegExp;
  readonly to: 'loginName' | 'universityMail' | 'staffNumber' | 'studentNumber';
}

export const rulesFor = (rules: readonly SubjectRule[], kind: string): readonly SubjectRule[] =>
  rules.filter(({ accountKinds }) => accountKinds === undefined || accountKinds.includes(kind));

export function belongsTo(
  rules: readonly SubjectRule[],
  { names, subject, issuer }: CertificateFacts,
  owner: { readonly account: Account; readonly person: Person },
): boolean {
  return rulesFor(rules, owner.account.kind).some((rule) => {
    const expected = targetOf(rule, owner);
    if (expected === undefined) return false;
    if (rule.issuer !== undefined && !isNamed(issuer, rule.issuer)) return false;
    if (rule.under !== undefined && !isUnder(subject, rule.under)) return false;
    return names[rule.field].some((value) => isSame(comparedOf(rule, value), expected));
  });
}

function targetOf(
  { to }: SubjectRule,
  { account, person }: { readonly account: Account; readonly person: Person },
): string | undefined {
  if (to === 'loginName') return account.loginName;
  if (to === 'universityMail') return account.universityMail;
  return person[to];
}

function comparedOf({ pattern }: SubjectRule, value: string): string | undefined {
  if (!pattern) return value;
  const found = pattern.exec(value);
  return found?.groups ? found.groups.id : found?.[0];
}

/** An empty text in a record must not be everybody's. */
const isSame = (left: string | undefined, right: string): boolean =>
  left !== undefined && left !== '' && left.toLowerCase() === right.toLowerCase();

/** One that cannot be read is nobody's. */
function isNamed(text: string, expected: string): boolean {
  const [name, wanted] = [writtenName(text), writtenName(expected)];
  return name !== undefined && wanted !== undefined && isSameName(name, wanted);
}

/** Names lead from the widest part to the narrowest: the first parts are those of the university. */
function isUnder(text: string, above: string): boolean {
  const [name, wanted] = [writtenName(text), writtenName(above)];
  return name !== undefined && wanted !== undefined && isSameName(name.slice(0, wanted.length), wanted);
}
