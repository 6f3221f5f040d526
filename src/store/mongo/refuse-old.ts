import type { mongo } from 'mongoose';
import { DomainError } from '../../base/errors.ts';

const oldest = 6;

/** @throws DomainError `store.too_old` for a server that nobody has tried this with. */
export async function refuseOld(database: mongo.Db): Promise<void> {
  const { version } = await database.command({ buildInfo: 1 });
  refuseOldVersion(String(version));
}

export function refuseOldVersion(found: string): void {
  if (Number.parseInt(found, 10) < oldest) throw new DomainError('store.too_old', { found, needed: `${oldest}.0` });
}
