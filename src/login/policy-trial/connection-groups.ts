/** Connections of which both policies make the same: they are judged once, whatever their number. */
import type { Audience, Connection } from '../../core/connections/connection.ts';
import type { Level } from '../../core/credentials/level.ts';
import { type Policy, rulesAt } from '../../core/policy/policy.ts';

export interface ConnectionGroup {
  readonly audience: Audience;
  readonly requiredLevel?: Level;
  /** Those that may hold there now, and those that would. */
  readonly present: Policy['rules'];
  readonly changed: Policy['rules'];
  readonly ids: readonly string[];
}

/** Suspended ones are left out: nobody can enter them whatever the policy says. */
export function groupConnections(
  all: readonly Connection[],
  present: Policy,
  changed: Policy,
): readonly ConnectionGroup[] {
  const groups = new Map<string, ConnectionGroup & { readonly ids: string[] }>();
  for (const connection of all.filter(({ state }) => state === 'active')) {
    const { id, audience, requiredLevel } = connection;
    const rules = { present: rulesAt(present, connection), changed: rulesAt(changed, connection) };
    const key = JSON.stringify([
      audience.roles,
      audience.accountKinds,
      audience.units,
      requiredLevel,
      ...Object.values(rules).map((there) => there.map(({ rule }) => rule.name)),
    ]);
    const known = groups.get(key);
    if (known) known.ids.push(id);
    else groups.set(key, { audience, ...(requiredLevel ? { requiredLevel } : {}), ...rules, ids: [id] });
  }
  return [...groups.values()];
}
