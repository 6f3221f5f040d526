/** What is written when a passkey's count of signatures ran backwards: somebody may have a copy of it, and its owner hears. */
import type { Write } from '../../../store/port.ts';
import { type Actor, auditWrite } from '../../audit/event.ts';
import type { MasterKey } from '../../keys/master-key.ts';
import { planAccountMail } from '../../notices/account-mail.ts';
import { accounts } from '../../people/account.ts';
import { people } from '../../people/person.ts';
import type { World } from '../../world.ts';

export async function planReversal(
  world: World,
  masterKey: MasterKey,
  actor: Actor,
  { accountId, credentialId }: { readonly accountId: string; readonly credentialId: string },
): Promise<readonly Write[]> {
  const account = await world.store.get(accounts, accountId);
  const person = account && (await world.store.get(people, account.personId));
  return [
    auditWrite(world, actor, { type: 'factor.counter_reversed', accountId, credentialId }),
    ...(account && person
      ? await planAccountMail(world, masterKey, { account, person }, { type: 'passkey_reversed' })
      : []),
  ];
}
