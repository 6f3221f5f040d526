import { describe, expect, it } from '@jest/globals';
import { sessions } from '../../../src/core/sessions/session.ts';
import { answeredRequests, answerWrite } from '../../../src/protocols/saml/answered-request.ts';
import { type Entering, enteredFrom, enterService } from '../../../src/protocols/saml/entry.ts';
import { nameIdFormats } from '../../../src/protocols/saml/names.ts';
import { remove, replace } from '../../../src/store/port.ts';
import { freshWorld } from '../../core/fresh-world.ts';
import { sampleParticipant, sampleSession } from '../../core/sample-records.ts';

const entering = (wishes: Partial<Entering> & { readonly value?: string; readonly format?: string } = {}): Entering => {
  const { value = 'name-1', format = nameIdFormats.transient, ...rest } = wishes;
  return {
    connectionId: 'kumoi',
    nameId: { format, value, nameQualifier: 'urn:idp', spNameQualifier: 'urn:sp' },
    issuer: 'urn:idp',
    writes: [],
    ...rest,
  };
};

describe('enterService', () => {
  const fresh = freshWorld(answeredRequests);
  const session = async () => {
    const stage = fresh();
    return { ...stage, first: await stage.put(sessions, sampleSession()) };
  };

  it('names the service in the session, as logout will look for it, and writes it down', async () => {
    const { world, first, audited } = await session();
    const entered = await enterService(world, first, entering());
    expect(entered).toMatchObject({ nameId: entering().nameId, issuer: 'urn:idp' });
    const [participant] = (await world.store.get(sessions, first.id))?.participants ?? [];
    expect(participant).toMatchObject({ connectionId: 'kumoi', protocol: 'saml' });
    expect(participant && enteredFrom(participant)).toEqual(entered);
    expect(await audited()).toEqual([{ type: 'service.entered', accountId: first.accountId, connectionId: 'kumoi' }]);
  });

  it('keeps the transient name and the index for as long as the session goes on', async () => {
    const { world, first, audited } = await session();
    const before = await enterService(world, first, entering());
    const again = await world.store.get(sessions, first.id);
    if (!again) throw new Error('there is no session');
    expect(await enterService(world, again, entering({ value: 'name-2' }))).toEqual(before);
    expect((await world.store.get(sessions, first.id))?.version).toBe(again.version);
    expect(await audited()).toHaveLength(1);
  });

  it('takes another name where the service asks for another kind, has another name itself, or knows us by another issuer', async () => {
    const { world, first } = await session();
    const before = await enterService(world, first, entering());
    const latest = async () => (await world.store.get(sessions, first.id)) ?? first;
    const persistent = entering({ format: nameIdFormats.persistent, value: 'pseudonym' });
    const other = await enterService(world, await latest(), persistent);
    expect(other).toMatchObject({ nameId: { value: 'pseudonym' }, sessionIndex: before.sessionIndex });
    await enterService(world, await latest(), entering());
    const renamed = entering({ value: 'name-4' });
    const nameId = { ...renamed.nameId, spNameQualifier: 'urn:sp-new' };
    expect((await enterService(world, await latest(), { ...renamed, nameId })).nameId).toEqual(nameId);
    const moved = await enterService(world, await latest(), entering({ issuer: 'urn:new', value: 'name-3' }));
    expect(moved).toMatchObject({ nameId: { value: 'name-3' }, issuer: 'urn:new' });
  });

  it('loses nothing of what another tab writes at the same moment, and agrees with it', async () => {
    const { world, first } = await session();
    const other = sampleParticipant({ connectionId: 'library' });
    await world.store.commit([replace(sessions, { ...first, participants: [other] })]);
    const [one, two] = await Promise.all([
      enterService(world, first, entering({ value: 'of one tab' })),
      enterService(world, first, entering({ value: 'of the other' })),
    ]);
    expect(one).toEqual(two);
    const participants = (await world.store.get(sessions, first.id))?.participants ?? [];
    expect(participants.map(({ connectionId }) => connectionId).sort()).toEqual(['kumoi', 'library']);
  });

  it('refuses a request that was answered before, and leaves the session alone', async () => {
    const { world, first } = await session();
    const answer = () => answerWrite(world, 0, 'kumoi', '_1');
    await world.store.commit([answer()]);
    const again = enterService(world, first, entering({ writes: [answer()] }));
    await expect(again).rejects.toMatchObject({ reason: 'replayed' });
    expect((await world.store.get(sessions, first.id))?.participants).toEqual([]);
  });

  it('does not enter a session that has ended meanwhile', async () => {
    const { world, first } = await session();
    await world.store.commit([remove(sessions, first.id)]);
    await expect(enterService(world, first, entering())).rejects.toMatchObject({ code: 'session.not_found' });
  });

  it('says each time by which name a trusted browser was told', async () => {
    const { world, first, audited } = await session();
    await enterService(world, first, entering({ toldAs: 'urn:mfa' }));
    const again = (await world.store.get(sessions, first.id)) ?? first;
    await enterService(world, again, entering({ toldAs: 'urn:mfa' }));
    expect((await audited()).map((facts) => ('toldAs' in facts ? facts.toldAs : ''))).toEqual(['urn:mfa', 'urn:mfa']);
  });
});

describe('enteredFrom', () => {
  it('finds nothing in a participant of the other protocol', () => {
    expect(enteredFrom(sampleParticipant())).toBeUndefined();
  });
});
