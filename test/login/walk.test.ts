/** Every path: request × session × factors held × policy → steps → outcome, on the real machine, as one table. */
import { describe, expect, it } from '@jest/globals';
import { sessions } from '../../src/core/sessions/session.ts';
import type { LoginRequest } from '../../src/login/request.ts';
import { sampleSession } from '../core/sample-records.ts';
import { freshLogin } from './fresh-login.ts';
import { sampleOrigin, sampleRequest } from './sample-situation.ts';
import { sessionsKnown, told, traitsOf, walk } from './walk.ts';
import { walks } from './walk-table.ts';
import { openWalker } from './walker.ts';

const demand = (essential: boolean, ...acceptable: LoginRequest['demand']['acceptable']) => ({
  demand: { acceptable, essential },
});

const requests: Readonly<Record<string, Partial<LoginRequest>>> = {
  plain: {},
  'insists on sfa': demand(true, 'sfa'),
  'insists on mfa': demand(true, 'mfa'),
  'insists on aal2': demand(true, 'aal2'),
  'insists on phishing-resistant': demand(true, 'phishing-resistant'),
  'insists on password': demand(true, 'password'),
  'insists on aal2 or mfa': demand(true, 'aal2', 'mfa'),
  'wishes mfa': demand(false, 'mfa'),
  'wishes aal2': demand(false, 'aal2'),
  forces: { force: true },
  'forces, wishes mfa': { force: true, ...demand(false, 'mfa') },
  'max_age 10 min': { maxAgeSeconds: 600 },
};

describe('every walk', () => {
  const fresh = freshLogin();

  it.each(walks)('%s session; has %s; connection %s; %s', async (session, has, connection, request, path, passive) => {
    const { put, addConnection, login } = fresh();
    const walker = await openWalker(fresh(), traitsOf(has));
    await addConnection(connection === 'mfa' ? { requiredLevel: 'mfa' } : {});
    const factors = sessionsKnown[session] ?? [];
    const known = factors.length > 0 ? await put(sessions, sampleSession({ factors })) : undefined;
    const asked = sampleRequest(requests[request]);
    const { decision } = await login.judge(asked, known, sampleOrigin);
    const walked = await walk(walker, await walker.begin(asked, known));
    expect([walked.join(' > '), told(decision)]).toEqual([path, passive]);
  });
});
