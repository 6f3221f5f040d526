import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as client from 'openid-client';
import { exchange, logIn, openParty } from '../support/relying-party.ts';
import { startSekisho, type TestSekisho } from '../support/sekisho.ts';

describe('OpenID Connect with code and PKCE', () => {
  let sekisho: TestSekisho;
  beforeEach(async () => {
    sekisho = await startSekisho();
  });
  afterEach(() => sekisho.close());

  it('gives an id token that says exactly what a password proves', async () => {
    const account = await sekisho.addAccount();
    await sekisho.addConnection({ id: 'library', secret: 's'.repeat(43) });
    const party = await openParty(sekisho, 'library', client.ClientSecretBasic('s'.repeat(43)));

    const { callback, begun } = await logIn(sekisho, party);
    const tokens = await exchange(party, callback, begun);
    const claims = tokens.claims();

    expect(claims).toMatchObject({ sub: account.id, acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] });
    expect(callback.searchParams.get('iss')).toBe(sekisho.issuer);
    const userinfo = await client.fetchUserInfo(party.config, tokens.access_token, account.id);
    expect(userinfo).toMatchObject({ name: '京都 花子', email: 'a0123456@st.kyoto-u.ac.jp', eduperson_affiliation: ['student', 'member'] });
  });
});
