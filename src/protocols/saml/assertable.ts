/** What can be said of a login to this service, and by which names. */
import type { Config } from '../../config/schema.ts';
import type { SamlConnection } from '../../core/connections/connection.ts';
import type { Assertable } from '../../core/credentials/assertion.ts';
import { type AskedContext, namesFor } from './requests/contexts.ts';

export function assertableFor(
  { assurance }: Config,
  connection: Pick<SamlConnection, 'saml'>,
  asked?: AskedContext,
): Assertable {
  const all = assurance.levels.flatMap(({ level, authnContext }) =>
    authnContext === undefined ? [] : [{ level, name: authnContext }],
  );
  return { rule: assurance, order: assurance.order, names: namesFor(all, connection, asked) };
}
