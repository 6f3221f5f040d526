/** Takes a grant back: everything under it, and the grant itself. */
import type { World } from '../../core/world.ts';
import { remove, type Stored } from '../../store/port.ts';
import { type OidcRecord, oidcRecordId, oidcRecords } from './record.ts';

/** What is not stored, and a token issued a moment later, finds no grant and is worthless. */
export async function revokeGrant({ store }: World, grantId: string): Promise<void> {
  const records = await allByGrant(store, grantId);
  const writes = records.map(({ id }) => remove(oidcRecords, id));
  await store.commit([remove(oidcRecords, oidcRecordId('Grant', grantId)), ...writes]);
}

async function allByGrant(store: World['store'], grantId: string): Promise<readonly Stored<OidcRecord>[]> {
  const found: Stored<OidcRecord>[] = [];
  let after: string | undefined;
  do {
    const page = await store.find(oidcRecords, { index: 'byGrant', equals: [grantId], ...(after ? { after } : {}) });
    found.push(...page.records);
    after = page.next;
  } while (after);
  return found;
}
