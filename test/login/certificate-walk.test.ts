/** The walks of walk-table.ts where ECS-IDs may be proven with a certificate: factors held × level → steps → outcome. */
import { describe, expect, it } from '@jest/globals';
import { credentials } from '../../src/core/credentials/credential.ts';
import type { Level } from '../../src/core/credentials/level.ts';
import { loginMachine } from '../../src/login/login.ts';
import { sampleCredential } from '../core/sample-credentials.ts';
import { certifiedConfig } from './certified.ts';
import { type FreshLogin, openLogin } from './fresh-login.ts';
import { sampleRequest } from './sample-situation.ts';
import { traitsOf, walk } from './walk.ts';
import { walksIn } from './walk-table.ts';
import { openWalker } from './walker.ts';

const table = `
nothing       | sfa                | password > granted password = password sfa
nothing       | mfa                | password > choose-factor > certificate > keep-recovery-codes > granted certificate+password = password sfa mfa phishing-resistant
nothing       | phishing-resistant | password > choose-factor > certificate > keep-recovery-codes > granted certificate+password = password sfa mfa phishing-resistant
nothing       | aal2               | password > level_unreachable
nothing       | wish for mfa       | password > granted password = password sfa
new           | mfa                | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa
new           | phishing-resistant | password > enrol-factor > enrol-passkey > keep-recovery-codes > granted passkey+password = password sfa mfa phishing-resistant
totp          | mfa                | password > totp > granted password+totp = password sfa mfa
totp          | phishing-resistant | password > choose-factor > certificate > granted certificate+password = password sfa mfa phishing-resistant
recovery-code | mfa                | password > recovery-code > recovery-codes-left > granted password+recovery-code = password sfa mfa
certificate   | sfa                | password > granted password = password sfa
certificate   | mfa                | password > certificate > granted certificate+password = password sfa mfa phishing-resistant
certificate   | wish for mfa       | password > certificate > granted certificate+password = password sfa mfa phishing-resistant
`;

async function openCertified(has: string): Promise<FreshLogin> {
  const fresh = await openLogin();
  const means = { ...fresh.means, config: certifiedConfig };
  if (has === 'certificate') {
    const id = 'account-1:certificate:digest-1';
    await fresh.put(credentials, sampleCredential('certificate', { id, accountId: 'account-1' }));
  }
  return { ...fresh, means, config: certifiedConfig, login: loginMachine(means) };
}

describe('every walk with certificates', () => {
  it.each(walksIn(table))('has %s; %s', async (has, asked, path) => {
    const fresh = await openCertified(has);
    try {
      const walker = await openWalker(fresh, traitsOf(has));
      await fresh.addConnection();
      const level = asked.replace('wish for ', '') as Level;
      const request = sampleRequest({ demand: { acceptable: [level], essential: asked === level } });
      expect((await walk(walker, await walker.begin(request))).join(' > ')).toBe(path);
    } finally {
      await fresh.world.store.close();
    }
  });
});
