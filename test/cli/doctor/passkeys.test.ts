import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openMaker, signBlob, signer } from '../../support/passkey-makers.ts';
import { at, doctorStage, says } from './doctor-stage.ts';

const { cli, consult, findingsOn } = doctorStage();

/** Configured, with the list that was good until that day. */
async function configure(nextUpdate: string) {
  const root = await openMaker('CN=List Root');
  const by = await root.issue({ name: 'CN=MDS', host: signer });
  cli().write('blob.jwt', await signBlob({ by, nextUpdate }));
  cli().write('root.pem', root.pem);
  const path = (name: string) => join(cli().folder, name);
  return {
    SEKISHO__PASSKEYS__ATTESTATION: 'required',
    SEKISHO__PASSKEYS__METADATA__FILE: path('blob.jwt'),
    SEKISHO__PASSKEYS__METADATA__ROOTS: JSON.stringify([path('root.pem')]),
  };
}

describe('doctor on the makers of passkeys', () => {
  it('says nothing where none are named', async () => {
    expect(await findingsOn('passkeys')).toEqual([]);
  });

  it('says until when the list is good, and that it is out of date from then on', async () => {
    const environment = await configure('2026-05-01');
    const end = Date.UTC(2026, 4, 2);
    const { findings } = await consult([], { environment, ...at(end - 1) });
    expect(findings.find(({ check }) => check === 'passkeys')).toMatchObject({
      severity: 'ok',
      what: expect.stringMatching(/^list 42 .* until 2026-05-02/),
    });
    expect(await findingsOn('passkeys', { environment, ...at(end) })).toEqual(
      says('warning', /out of date/, /Fetch the present one/),
    );
  });

  it('finds a list that the server would not start with', async () => {
    const environment = await configure('2026-05-01');
    cli().write('blob.jwt', 'Not found');
    expect(await findingsOn('passkeys', { environment })).toEqual(
      says('problem', /blob\.jwt: no list of authenticators/, /does not start/),
    );
  });
});
