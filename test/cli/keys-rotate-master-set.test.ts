/** The master key turns on two machines with a key folder each, whose nodes share a replica set. */
import { copyFileSync, cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { FakeClock } from '../support/fake-clock.ts';
import { type FreshDatabase, freshDatabase, mongodb } from '../support/mongo/fresh-database.ts';
import { describeWith } from '../support/needs.ts';
import { commandLine } from './command-line.ts';

const cli = commandLine();
type Machine = 'first' | 'second';

describeWith(mongodb, 'keys rotate-master on two machines', () => {
  let database: FreshDatabase;
  let clock: FakeClock;

  const folder = (machine: Machine): string => join(cli().folder, machine);
  /** `next` for the new key, the end of the name for others. */
  const files = (machine: Machine, next: string): readonly string[] =>
    readdirSync(folder(machine))
      .map((name) => (name === next ? 'next' : (name.split('.').at(-1) ?? '')))
      .sort();
  const wishes = (machine: Machine) => ({
    environment: { SEKISHO__STORE__URL: database.url, SEKISHO__KEYS__DIRECTORY: folder(machine) },
    edges: { clock, pause: async (length: number) => void clock.advance(length) },
  });
  const rotate = (machine: Machine, ...more: readonly string[]) =>
    cli().json(['keys', 'rotate-master', ...more], wishes(machine));
  const opens = async (machine: Machine): Promise<boolean> =>
    (await cli().sekisho(['keys', 'list'], wishes(machine))).exitCode === 0;

  beforeEach(async () => {
    clock = new FakeClock();
    database = await freshDatabase();
    expect(await opens('first')).toBe(true);
    cpSync(folder('first'), folder('second'), { recursive: true });
  });
  afterEach(() => database.drop());

  it('waits until the new key is everywhere, and leaves each its own old file to put aside', async () => {
    const { stage, next } = (await rotate('first')) as { stage: string; next: { id: string } };
    expect(stage).toBe('made');
    expect(await rotate('first')).toMatchObject({ stage: 'made', next });
    expect(await rotate('second')).toMatchObject({ ok: false, refused: [{ reason: 'next_elsewhere' }] });

    const file = `master-${next.id}.key`;
    copyFileSync(join(folder('first'), file), join(folder('second'), file));
    expect(await rotate('first', '--distributed')).toMatchObject({ stage: 'in_force', masterKey: { id: next.id } });
    expect(files('first', file)).toEqual(['next', 'retired']);
    expect(files('second', file)).toEqual(['key', 'next']);
    expect([await opens('first'), await opens('second')]).toEqual([true, true]);

    expect(await rotate('second')).toMatchObject({ stage: 'in_force' });
    expect(files('second', file)).toEqual(['next', 'retired']);
    expect(await opens('second')).toBe(true);
  });

  it('leaves a machine that was forgotten unable to open the store, and says which key it lacks', async () => {
    const { next } = (await rotate('first')) as { next: { id: string } };
    await rotate('first', '--distributed');
    const { exitCode, err } = await cli().sekisho(['keys', 'list'], wishes('second'));
    expect({ exitCode, err }).toEqual({ exitCode: 1, err: expect.stringContaining(next.id) });
  });
});
