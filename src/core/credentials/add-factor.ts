/** What is written when a person has set up a factor, wherever they did: in the middle of a login or on their own pages. */
import { insert, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { planAccountMail } from '../notices/account-mail.ts';
import type { Account } from '../people/account.ts';
import type { Person } from '../people/person.ts';
import type { World } from '../world.ts';
import { type Credential, credentials } from './credential.ts';
import { factorNews } from './factor-news.ts';

/** A factor of which an account may hold several, each under a name. */
export type NamedFactor = Extract<Credential, { readonly name: string }>;

/** The addresses that are known already hear of it: a factor that a stranger adds must not come in unseen. */
export async function planAddFactor(
  world: World,
  masterKey: MasterKey,
  actor: Actor,
  { account, person, factor }: { readonly account: Account; readonly person: Person; readonly factor: NamedFactor },
): Promise<readonly Write[]> {
  return [
    insert(credentials, factor),
    ...(await planAccountMail(world, masterKey, { account, person }, factorNews('factor_added', factor))),
    auditWrite(world, actor, { type: 'factor.added', accountId: factor.accountId, kind: factor.kind }),
  ];
}
