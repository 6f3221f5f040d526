/** Has a demo service ask each person, at the first time, before it receives anything. */
import { connections } from '../../src/core/connections/connection.ts';
import { replace } from '../../src/store/port.ts';
import type { Stage } from './stage.ts';

export async function askConsent({ sekisho }: Stage, id: 'kulasis' | 'mykuline'): Promise<void> {
  const { store } = sekisho.ground.world;
  const connection = await store.get(connections, id);
  if (!connection) throw new Error(`${id} is not connected`);
  await store.commit([replace(connections, { ...connection, consent: 'once' })]);
}
