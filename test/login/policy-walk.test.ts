/** The walks of walk-table.ts where rules of the policy are in play: session × factors held × rule and place → steps → outcome. */
import { describe, expect, it } from '@jest/globals';
import type { PolicyRule } from '../../src/core/policy/rule.ts';
import { sessions } from '../../src/core/sessions/session.ts';
import type { LoginOrigin } from '../../src/login/facts.ts';
import type { LoginRequest } from '../../src/login/request.ts';
import { sampleSession } from '../core/sample-records.ts';
import { openLogin } from './fresh-login.ts';
import { sampleRequest } from './sample-situation.ts';
import { sessionsKnown, told, traitsOf, walk } from './walk.ts';
import { walksIn } from './walk-table.ts';
import { openWalker } from './walker.ts';

const campus: LoginOrigin = { address: '192.0.2.1' };
const cafe: LoginOrigin = { address: '203.0.113.9' };
const rule = (when: PolicyRule['when'], level: PolicyRule['level'] = 'mfa'): PolicyRule => ({
  name: 'rule',
  when,
  level,
});
const off = rule({ outsideNetworks: ['192.0.2.0/24'] });
const browser = rule({ newDevice: true });

const situations: Readonly<Record<string, { readonly rules: readonly PolicyRule[]; readonly origin: LoginOrigin }>> = {
  'off campus, at home': { rules: [off], origin: campus },
  'off campus, in a café': { rules: [off], origin: cafe },
  'off campus, address unknown': { rules: [off], origin: { address: '' } },
  'off campus phishing-resistant, in a café': {
    rules: [rule({ outsideNetworks: ['192.0.2.0/24'] }, 'phishing-resistant')],
    origin: cafe,
  },
  'new browser': { rules: [browser], origin: campus },
  'known browser': {
    rules: [browser],
    origin: { ...campus, factorBrowser: (id) => (id === 'account-1' ? 'mark' : undefined) },
  },
  'browser of another': {
    rules: [browser],
    origin: { ...campus, factorBrowser: (id) => (id === 'account-2' ? 'mark' : undefined) },
  },
  'for students': { rules: [rule({ roles: ['student'] })], origin: campus },
  'for staff': { rules: [rule({ roles: ['staff'] })], origin: campus },
  'for another service': { rules: [rule({ connections: ['library'] })], origin: campus },
  'two rules, the second stricter': {
    rules: [
      rule({ roles: ['student'] }),
      { ...rule({ accountKinds: ['ecs'] }, 'phishing-resistant'), name: 'stricter' },
    ],
    origin: campus,
  },
};

const table = `
none          | nothing        | off campus, at home                      | - | password > granted password = password sfa | login
none          | nothing        | off campus, in a café                    | - | password > enrolment_closed | login
none          | nothing        | off campus, address unknown              | - | password > enrolment_closed | login
none          | new            | off campus, in a café                    | - | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
none          | totp           | off campus, at home                      | - | password > granted password = password sfa | login
none          | totp           | off campus, in a café                    | - | password > totp > granted password+totp = password sfa mfa | login
none          | totp           | off campus, address unknown              | - | password > totp > granted password+totp = password sfa mfa | login
none          | totp           | off campus phishing-resistant, in a café | - | password > enrolment_closed | login
none          | passkey        | off campus phishing-resistant, in a café | - | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login
none          | passkey, first | off campus, in a café                    | - | password > granted passkey = sfa mfa phishing-resistant | login
none          | temporary-pass | off campus, in a café                    | - | password > temporary-pass > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
none          | recovery-code  | off campus, in a café                    | - | password > recovery-code > recovery-codes-left > granted password+recovery-code = password sfa mfa | login
none          | nothing        | new browser                              | - | password > enrolment_closed | login
none          | totp           | new browser                              | - | password > totp > granted password+totp = password sfa mfa | login
none          | totp           | known browser                            | - | password > granted password = password sfa | login
none          | totp           | browser of another                       | - | password > totp > granted password+totp = password sfa mfa | login
none          | totp           | for students                             | - | password > totp > granted password+totp = password sfa mfa | login
none          | nothing        | for staff                                | - | password > granted password = password sfa | login
none          | nothing        | for another service                      | - | password > granted password = password sfa | login
none          | totp           | two rules, the second stricter           | - | password > enrolment_closed | login
none          | totp+passkey   | two rules, the second stricter           | - | password > passkey > granted passkey+password = password sfa mfa phishing-resistant | login

password      | nothing        | off campus, at home                      | - | granted password = password sfa | granted
password      | nothing        | off campus, in a café                    | - | enrolment_closed | enrolment_closed
password      | new            | off campus, in a café                    | - | password > enrol-factor > enrol-totp > keep-recovery-codes > granted password+totp = password sfa mfa | login
password      | totp           | off campus, at home                      | - | granted password = password sfa | granted
password      | totp           | off campus, in a café                    | - | totp > granted password+totp = password sfa mfa | login
password      | totp           | off campus, in a café                    | forces | password > totp > granted password+totp = password sfa mfa | login
password      | totp           | off campus, in a café                    | wishes aal2 | totp > granted password+totp = password sfa mfa | login
password      | totp           | off campus, in a café                    | portal | granted password = password sfa | granted
password      | nothing        | for students                             | portal | granted password = password sfa | granted
password      | totp           | new browser                              | - | totp > granted password+totp = password sfa mfa | login
password      | totp           | known browser                            | - | granted password = password sfa | granted
password      | totp           | for students                             | - | totp > granted password+totp = password sfa mfa | login
password      | totp           | for staff                                | - | granted password = password sfa | granted

password+totp | totp           | off campus, in a café                    | - | granted password+totp = password sfa mfa | granted
password+totp | totp           | off campus phishing-resistant, in a café | - | enrolment_closed | enrolment_closed
password+totp | totp           | new browser                              | - | granted password+totp = password sfa mfa | granted
passkey alone | passkey        | off campus phishing-resistant, in a café | - | granted passkey = sfa mfa phishing-resistant | granted
`;

const { connectionId: _service, ...atHome } = sampleRequest({ protocol: 'portal', attributes: [] });
const requests: Readonly<Record<string, LoginRequest>> = {
  '-': sampleRequest(),
  forces: sampleRequest({ force: true }),
  'wishes aal2': sampleRequest({ demand: { acceptable: ['aal2'], essential: false } }),
  portal: atHome,
};

describe('every walk under the policy', () => {
  it.each(walksIn(table))('%s session; has %s; %s; %s', async (session, has, where, request, path, passive) => {
    const { rules, origin } = situations[where] ?? { rules: [], origin: campus };
    const fresh = await openLogin(rules);
    try {
      const walker = await openWalker(fresh, traitsOf(has));
      walker.goTo(origin);
      await fresh.addConnection();
      const factors = sessionsKnown[session] ?? [];
      const known = factors.length > 0 ? await fresh.put(sessions, sampleSession({ factors })) : undefined;
      const asked = requests[request] ?? sampleRequest();
      const { decision } = await fresh.login.judge(asked, known, origin);
      const walked = await walk(walker, await walker.begin(asked, known));
      expect([walked.join(' > '), told(decision)]).toEqual([path, passive]);
    } finally {
      await fresh.world.store.close();
    }
  });
});
