import { describe, expect, it } from '@jest/globals';
import { connections } from '../../../src/core/connections/connection.ts';
import { insert } from '../../../src/store/port.ts';
import { sampleSamlConnection } from '../../core/connections/sample-saml-connection.ts';
import { sampleConnection } from '../../core/sample-records.ts';
import { doctorStage, says } from './doctor-stage.ts';

const { begin, findingsOn } = doctorStage();

describe('doctor on what services are told', () => {
  it('finds nothing where all that was granted is defined', async () => {
    await begin(({ world }) =>
      world.store.commit([insert(connections, sampleConnection()), insert(connections, sampleSamlConnection())]),
    );
    expect(await findingsOn('connections', {})).toEqual([]);
  });

  it('warns of what has left the configuration since, in either protocol, and not of a service that is suspended', async () => {
    const release = [{ attribute: 'jaDisplayName', required: true }];
    await begin(({ world }) =>
      world.store.commit([
        insert(connections, sampleConnection({ release })),
        insert(connections, sampleSamlConnection({ release })),
        insert(connections, sampleConnection({ id: 'old', release, state: 'suspended' })),
      ]),
    );
    const environment = { SEKISHO__ATTRIBUTES__PRESETS: '[eduperson]' };
    expect(await findingsOn('connections', { environment })).toEqual([
      ...says(
        'warning',
        /^journal is told less than it was granted: there is no attribute jaDisplayName/,
        /definitions/,
      ),
      ...says(
        'warning',
        /^kulasis is told less than it was granted: there is no attribute jaDisplayName/,
        /definitions/,
      ),
    ]);
  });
});
