import { describe, expect, it } from '@jest/globals';
import { connections } from '../../../src/core/connections/connection.ts';
import { insert } from '../../../src/store/port.ts';
import { sampleConnection } from '../../core/sample-records.ts';
import { doctorStage, says } from './doctor-stage.ts';

const { cli, consult, findingsOn } = doctorStage();
const rule = (connection: string) => `[{ name: a-rule, when: { connections: [${connection}] }, level: mfa }]`;
const connect = () =>
  cli().onGround(({ world }) => world.store.commit([insert(connections, sampleConnection({ id: 'kulasis' }))]));

describe('doctor on the policy', () => {
  it('says nothing where there are no rules', async () => {
    await connect();
    expect(await findingsOn('policy')).toEqual([]);
  });

  it('finds every connection that a rule names', async () => {
    await connect();
    const { findings } = await consult([], { environment: { SEKISHO__POLICY__RULES: rule('kulasis') } });
    expect(findings.find(({ check }) => check === 'policy')).toMatchObject({
      severity: 'ok',
      what: 'every connection that a rule names is there (rules: 1)',
    });
  });

  it('warns of a name that is none, with the one that was meant', async () => {
    await connect();
    const environment = { SEKISHO__POLICY__RULES: rule('kulasiss') };
    expect(await findingsOn('policy', { environment })).toEqual(
      says('warning', /a-rule: there is no connection kulasiss; did you mean kulasis\?/, /Mend policy/),
    );
  });
});
