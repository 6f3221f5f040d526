import { beforeEach, describe, expect, it } from '@jest/globals';
import { days, minutes } from '../../src/base/duration.ts';
import { accounts } from '../../src/core/people/account.ts';
import { type Position, type Shown, subjectIn, type Visitor } from '../../src/login/login.ts';
import { replace } from '../../src/store/port.ts';
import { owedMails } from '../core/notices/owed-mails.ts';
import { answerOf, freshLogin, rightAnswer } from './fresh-login.ts';
import { sampleRequest } from './sample-situation.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';
const fresh = freshLogin();
let begun = 0;

const shownIn = (position: Position): Shown => {
  if (position.kind !== 'step') throw new TypeError('the login is over');
  return { step: position.decision.step.name, turn: position.attempt.version, subject: subjectIn(position.situation) };
};

async function logIn(
  wishes: Partial<Visitor> = {},
  answer = rightAnswer,
  request = sampleRequest(),
): Promise<Position> {
  const { login, clock } = fresh();
  const visitor = await fresh().visitor({ userAgent: firefox, ...wishes });
  begun += 1;
  const handle = `handle ${begun}`;
  clock.advance(days(1));
  return login.answer(handle, shownIn(await login.begin(handle, request, visitor)), answer, visitor);
}

const owed = () => owedMails(fresh().world.store, fresh().masterKey);

beforeEach(async () => {
  await fresh().addAccount();
  await fresh().addConnection();
});

describe('a sign-in from a browser that is new to the account', () => {
  it('is not told the first time of all, and is from then on', async () => {
    await logIn();
    expect(await owed()).toEqual([]);
    await logIn({ address: '203.0.113.9' });
    expect(await owed()).toMatchObject([
      {
        to: 'kyoto.hanako.12a@st.kyoto-u.ac.jp',
        locale: 'ja',
        mail: {
          type: 'new_device_sign_in',
          device: 'Firefox / Linux',
          address: '203.0.113.9',
          service: { ja: '教務情報システム' },
          at: fresh().clock.now(),
        },
      },
    ]);
  });

  it('is not told of a browser that the account has used', async () => {
    await logIn();
    await logIn({ knownBrowser: (id) => (id === 'account-1' ? 'a mark' : undefined) });
    expect(await owed()).toEqual([]);
    await logIn({ knownBrowser: (id) => (id === 'account-2' ? 'a mark' : undefined) });
    expect(await owed()).toHaveLength(1);
  });

  it('is told also where the service is not for them: the session is there', async () => {
    await fresh().addConnection({ id: 'staff-only', audience: { roles: ['staff'] } });
    await logIn();
    await logIn({}, rightAnswer, sampleRequest({ connectionId: 'staff-only' }));
    expect(await owed()).toHaveLength(1);
  });

  it('is not told where nobody got in, nor where a session was there already', async () => {
    const first = await logIn();
    if (first.kind !== 'finished') throw new TypeError('nobody is signed in');
    const { login, visitor } = fresh();
    const within = await visitor({ userAgent: firefox }, first.sessionToken);
    const again = await login.begin('once more', sampleRequest({ force: true }), within);
    fresh().clock.advance(minutes(1));
    expect(await login.answer('once more', shownIn(again), rightAnswer, within)).toMatchObject({ session: 'risen' });
    await logIn({}, answerOf({ username: 'a0123456', password: 'wrong' }));
    expect(await owed()).toEqual([]);
  });

  it('is not told the first time also where a page stands between the password and the end', async () => {
    const { login, world } = fresh();
    const account = await world.store.get(accounts, 'account-1');
    if (!account) throw new TypeError('no account');
    await world.store.commit([replace(accounts, { ...account, acceptedTerms: { version: '2020-01', at: 0 } })]);
    const terms = await logIn();
    expect(shownIn(terms).step).toBe('accept-terms');
    fresh().clock.advance(1);
    const visitor = await fresh().visitor({ userAgent: firefox });
    const done = await login.answer(`handle ${begun}`, shownIn(terms), answerOf({ choice: 'accept' }), visitor);
    expect(done).toMatchObject({ outcome: { kind: 'granted' }, session: 'started' });
    expect(await owed()).toEqual([]);
  });

  it('prints nothing that the browser says of itself in its own words', async () => {
    await logIn();
    await logIn({ userAgent: 'Call 075-000-0000 now https://evil.example' });
    const [mail] = await owed();
    expect(mail?.mail).not.toHaveProperty('device');
    expect(JSON.stringify(mail)).not.toContain('evil');
  });
});
