/** What is written when a factor is taken away by its owner. */
import { remove, type Stored, type Write } from '../../store/port.ts';
import { type Actor, auditWrite } from '../audit/event.ts';
import type { MasterKey } from '../keys/master-key.ts';
import { planAccountMail } from '../notices/account-mail.ts';
import type { Account } from '../people/account.ts';
import type { Person } from '../people/person.ts';
import type { World } from '../world.ts';
import type { NamedFactor } from './add-factor.ts';
import { planRefuse } from './certificates/refused-certificate.ts';
import { credentials } from './credential.ts';
import { factorNews } from './factor-news.ts';

/** The addresses that were known hear of it, one that goes among them. `store.conflict` on commit: it has just been used. */
export async function planRemoveFactor(
  world: World,
  masterKey: MasterKey,
  actor: Actor,
  {
    account,
    person,
    factor,
  }: { readonly account: Account; readonly person: Person; readonly factor: Stored<NamedFactor> },
): Promise<readonly Write[]> {
  return [
    remove(credentials, factor.id, factor.version),
    ...planRefuse(world, [factor]),
    ...(await planAccountMail(world, masterKey, { account, person }, factorNews('factor_removed', factor))),
    auditWrite(world, actor, { type: 'factor.removed', accountId: factor.accountId, kind: factor.kind }),
  ];
}
