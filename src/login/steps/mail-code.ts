/** The code that is mailed to the person's notification address. The first one goes out when its turn comes. */
import { type CredentialOf, credentials, credentialsOf } from '../../core/credentials/credential.ts';
import { maskedAddress } from '../../core/credentials/masked-address.ts';
import { replace, type Store, type Stored } from '../../store/port.ts';
import { askedBecause } from '../asked-because.ts';
import type { Progress } from '../attempt.ts';
import {
  aboutSomebody,
  afterMailing,
  type CodeErrand,
  isMailWish,
  mailCode as mailCodeTo,
  shownCode,
  tryMailCode,
} from '../mailed-code.ts';
import { provenWith } from '../prove.ts';
import { offeredWays, wayDue } from '../second-factor.ts';
import { serviceOf } from '../shown-connection.ts';
import type { Step } from '../step.ts';

type Held = Stored<CredentialOf<'mail-code'>>;

export const mailCode = {
  name: 'mail-code',
  asks: 'login',

  isDue: (situation) => wayDue(situation) === 'mail-code',

  /** Once; whoever comes back to this page from another way finds the code that was sent. */
  async prepare(means, situation, origin) {
    const about = aboutSomebody(situation);
    const { mailedCode } = situation.progress;
    const addresses = await addressesOf(means.world.store, about.subject.account.id);
    if (mailedCode && addresses.some(({ id }) => id === mailedCode.to)) return undefined;
    const mailed = await mailCodeTo(means, about, origin, errand(chosen(addresses, situation.progress)));
    return mailed.kind === 'mailed' ? mailed.move : undefined;
  },

  async show(means, situation, showing) {
    const about = aboutSomebody(situation);
    const { connection, subject, progress } = about;
    const addresses = await addressesOf(means.world.store, subject.account.id);
    const current = chosen(addresses, progress);
    return {
      ...(connection ? { service: serviceOf(connection, showing.locale) } : {}),
      ...askedBecause(situation, showing.locale),
      ...(await shownCode(means, about, errand(current).receiver, showing)),
      others: addresses
        .filter(({ id }) => id !== current.id)
        .map(({ id, address }) => ({ id, target: maskedAddress(address) })),
      hasOtherWays: offeredWays(situation).length > 1,
    };
  },

  async take(means, situation, answer, origin) {
    const about = aboutSomebody(situation);
    const { progress } = situation;
    if (answer('choice') === 'another') {
      return { kind: 'progress', progress: { ...progress, way: 'choose' }, writes: [] };
    }
    const accountId = about.subject.account.id;
    const addresses = await addressesOf(means.world.store, accountId);
    const current = chosen(addresses, progress);
    if (isMailWish(answer)) {
      const [, wished] = answer('choice').split(':');
      const to = addresses.find(({ id }) => id === wished) ?? current;
      return afterMailing(await mailCodeTo(means, about, origin, errand(to)), situation);
    }
    const tried = await tryMailCode(means, about, answer, origin, errand(current).receiver);
    if (tried.kind === 'refused') return tried.result;
    const at = means.world.clock.now();
    const { mailedCode: _used, ...rest } = progress;
    return {
      kind: 'progress',
      progress: provenWith(rest, accountId, { kind: 'mail-code', at, credentialId: current.id }),
      writes: [...tried.forgiven, replace(credentials, { ...current, lastUsedAt: at })],
    };
  },
} satisfies Step<'mail-code', object>;

/** The one used last comes first. */
async function addressesOf(store: Store, accountId: string): Promise<readonly Held[]> {
  const held = await credentialsOf(store, accountId);
  return held
    .filter((credential): credential is Held => credential.kind === 'mail-code')
    .toSorted((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0) || b.addedAt - a.addedAt);
}

/** The address to which the code went, or would go. */
function chosen(addresses: readonly Held[], { mailedCode }: Progress): Held {
  const address = addresses.find(({ id }) => id === mailedCode?.to) ?? addresses[0];
  if (!address) throw new Error('a code is mailed to somebody who has an address');
  return address;
}

const errand = ({ id, accountId, address }: Held): CodeErrand => ({
  receiver: { accountId, address, to: id },
  type: 'sign_in_code',
});
