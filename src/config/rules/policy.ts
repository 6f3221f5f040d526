/** Rules of the policy that name what there is not, that could never hold, or that promise what they cannot keep. */
import { nearest } from '../../base/document/nearest.ts';
import type { Finding } from '../../base/document/problem.ts';
import { whereaboutsIn } from '../../base/networks.ts';
import type { AcceptedPart } from '../schema.ts';

type Rules = NonNullable<NonNullable<AcceptedPart['policy']>['rules']>;
type Rule = NonNullable<Rules[number]>;

export function checkPolicy({ policy, units, accounts }: AcceptedPart): readonly Finding[] {
  const rules = policy?.rules ?? [];
  const known = { units: units && Object.keys(units), accountKinds: accounts?.kinds && Object.keys(accounts.kinds) };
  return rules.flatMap((rule, index) =>
    [
      ...checkName(rules, index),
      ...checkKnown(rule ?? {}, 'units', 'unit', known.units),
      ...checkKnown(rule ?? {}, 'accountKinds', 'kind of account', known.accountKinds),
      ...checkNetworks(rule ?? {}),
      ...checkLevel(rule ?? {}),
    ].map(({ path, message }) => ({ path: ['policy', 'rules', index, ...path], message })),
  );
}

function checkName(rules: Rules, index: number): readonly Finding[] {
  const name = rules[index]?.name;
  const first = rules.findIndex((rule) => rule?.name === name);
  if (name === undefined || first === index) return [];
  return [{ path: ['name'], message: `${name} is policy.rules[${first}] already` }];
}

function checkKnown(
  { when }: Rule,
  key: 'units' | 'accountKinds',
  what: string,
  known: readonly string[] | undefined,
): readonly Finding[] {
  return (when?.[key] ?? []).flatMap((value, at): readonly Finding[] => {
    if (value === undefined || known === undefined || known.includes(value)) return [];
    const meant = nearest(value, known);
    const suggestion = meant === undefined ? '' : `; did you mean ${meant}?`;
    return [{ path: ['when', key, at], message: `there is no ${what} ${value}${suggestion}` }];
  });
}

/** Whoever is in one of `networks` would be inside `outsideNetworks` too. */
function checkNetworks({ when }: Rule): readonly Finding[] {
  const [wanted = [], outside = []] = [when?.networks, when?.outsideNetworks];
  const isWithin = (inner: string | undefined): boolean => outside.some((outer) => contains(outer, inner));
  if (wanted.length === 0 || !wanted.every(isWithin)) return [];
  return [{ path: ['when', 'networks'], message: 'lie in outsideNetworks, so that the rule could never hold' }];
}

function contains(outer: string | undefined, inner: string | undefined): boolean {
  if (outer === undefined || inner === undefined) return false;
  const [address = '', length] = inner.split('/');
  return Number(outer.split('/')[1]) <= Number(length) && whereaboutsIn([outer])(address) === 'inside';
}

/** What is known of a browser is that a second factor was given there, and not which; in place of a password nothing does. */
const checkLevel = ({ level, when, trustedBrowser }: Rule): readonly Finding[] => [
  ...(when?.newDevice && level !== undefined && level !== 'mfa'
    ? [{ path: ['when', 'newDevice'], message: 'goes with the level mfa alone' }]
    : []),
  ...(trustedBrowser === 'policy' && (level === 'password' || level === 'sfa')
    ? [{ path: ['trustedBrowser'], message: 'policy needs a level that takes a second factor' }]
    : []),
];
