import { describe, expect, it } from '@jest/globals';
import { isDomainError } from '../../../../src/base/errors.ts';
import { readAddress } from '../../../../src/store/mongo/set/address.ts';

const read = (url: string) => readAddress(url, 1_000);

describe('the address of a set', () => {
  it('names hosts, set and database', async () => {
    const { hosts, set, database } = await read('mongodb://db1,db2:27018/campus?replicaSet=rs0');
    expect({ hosts, set, database }).toEqual({ hosts: ['db1:27017', 'db2:27018'], set: 'rs0', database: 'campus' });
  });

  it('has a database of ours where it names none', async () => {
    expect((await read('mongodb://db1/?replicaSet=rs0')).database).toBe('sekisho');
    expect((await read('mongodb://db1?replicaSet=rs0')).database).toBe('sekisho');
  });

  it('leads to one member by itself, as the same user', async () => {
    const user = 'seki%40sho:p%2Fa%3Fs@';
    const url = `mongodb://${user}db1,db2/campus?replicaSet=rs0&authSource=admin&readPreference=secondary&tls=true`;
    const { options } = (await read(url)).clientOf('db2:27017');
    expect(options.hosts.map(String)).toEqual(['db2:27017']);
    expect(options.credentials).toMatchObject({ username: 'seki@sho', password: 'p/a?s', source: 'admin' });
    expect(options).toMatchObject({ directConnection: true, tls: true });
    // A member that is in no set yet would not be spoken to under the name of one.
    expect(options.replicaSet).toBeUndefined();
    expect(options.readPreference.mode).toBe('primary');
  });

  it('is refused without being repeated when the driver cannot read it', async () => {
    const refusal = await read('mongodb://u:geheim@db1:port/x?replicaSet=rs0').catch((error: unknown) => error);
    expect(isDomainError(refusal, 'config.invalid')).toBe(true);
    expect(JSON.stringify(refusal, Object.getOwnPropertyNames(refusal))).not.toContain('geheim');
  });
});
