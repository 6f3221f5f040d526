/** A student who goes through a login on the real machine, and has the right answer to each step. */
import { days } from '../../src/base/duration.ts';
import { credentials } from '../../src/core/credentials/credential.ts';
import type { SecondFactorKind } from '../../src/core/credentials/factor-use.ts';
import { planNewRecoveryCodes } from '../../src/core/credentials/recovery-codes.ts';
import { planTemporaryPass } from '../../src/core/credentials/temporary-pass.ts';
import { notices } from '../../src/core/notices/notice.ts';
import { openContent } from '../../src/core/notices/sealed-content.ts';
import type { Session } from '../../src/core/sessions/session.ts';
import { type Position, type Shown, subjectIn, type Visitor } from '../../src/login/login.ts';
import type { LoginRequest } from '../../src/login/request.ts';
import { offeredWays } from '../../src/login/second-factor.ts';
import { enrolFactor } from '../../src/login/steps/enrol-factor.ts';
import { enrolTotp } from '../../src/login/steps/enrol-totp.ts';
import type { Stored } from '../../src/store/port.ts';
import { sampleCredential } from '../core/sample-credentials.ts';
import { startInstant } from '../core/sample-records.ts';
import { authenticatorApp, heldApp, sampleSecret } from '../support/authenticator-app.ts';
import { goodPassword } from '../support/sekisho.ts';
import { makePasskey } from '../support/software-authenticator.ts';
import { reportFor } from './certified.ts';
import { answerOf, type FreshLogin } from './fresh-login.ts';
import { ceremonyAt, handle, type StoredPasskey, storePasskey } from './passkey-visit.ts';
import { sampleOrigin } from './sample-situation.ts';

export type Fields = Readonly<Record<string, string>>;

export interface Traits {
  readonly held?: readonly SecondFactorKind[];
  /** Activated with a key that was handed over in person. */
  readonly isNew?: boolean;
  /** Signs in with the passkey where a password is asked for. */
  readonly isPasswordless?: boolean;
}

/** What was shown, as the form sends it back; of a login that is over what no step is called. */
export const shownIn = (position: Position): Shown =>
  position.kind === 'step'
    ? {
        step: position.decision.step.name,
        turn: position.attempt.version,
        subject: subjectIn(position.situation),
      }
    : { step: 'none', turn: 0, subject: '' };

export interface Walker {
  begin(request: LoginRequest, session?: Stored<Session>): Promise<Position>;
  answer(position: Position, fields: Fields): Promise<Position>;
  /** The right answer to what is shown. */
  rightAnswer(position: Position): Promise<Fields>;
  visitor(): Promise<Visitor & { readonly browserToken: string }>;
  /** From here on the browser is there. */
  goTo(origin: Partial<Visitor>): void;
}

export async function openWalker(
  fresh: FreshLogin,
  { held = [], isNew = false, isPasswordless = false }: Traits,
): Promise<Walker> {
  const { world, clock, login, means } = fresh;
  const account = await fresh.addAccount({
    account: isNew ? { activation: { handed: 'in-person', at: startInstant - days(1) } } : {},
  });
  const stored = await storeHeld(fresh, held);
  let session: Stored<Session> | undefined;
  let origin: Partial<Visitor> = sampleOrigin;
  const visitor = () => fresh.visitor({ ...origin, ...(session ? { session } : {}) });

  async function mailedCode(): Promise<string> {
    const { records } = await world.store.find(notices, { index: 'byDedupeKey', limit: 1000 });
    const mails = records.flatMap((notice) => {
      const owed = notice.state === 'due' ? openContent(means.masterKey, notice) : undefined;
      return owed?.kind === 'mail' && 'code' in owed.content.mail ? [owed.content.mail.code] : [];
    });
    return mails.at(-1) ?? '';
  }

  const appOf = async ({ situation }: Position) => {
    const { invitation } = await enrolTotp.show(means, situation, { locale: 'en' });
    return authenticatorApp(invitation.key);
  };

  const signed = (position: Position): Fields => ({
    passkey: JSON.stringify(stored.passkey?.device.assertion(ceremonyAt(fresh, position))),
  });

  const answers: Readonly<Record<string, (position: Position) => Promise<Fields>>> = {
    'choose-account': async () => ({ choice: account.id }),
    password: async (position) =>
      isPasswordless && !position.situation.subject
        ? signed(position)
        : { username: account.loginName, password: goodPassword },
    passkey: async (position) => signed(position),
    totp: async () => ({ code: authenticatorApp(sampleSecret).codeAt(clock.now()) }),
    'mail-code': async () => ({ code: await mailedCode() }),
    'recovery-code': async () => ({ code: stored.recoveryCodes[0] ?? '' }),
    'temporary-pass': async () => ({ code: stored.pass }),
    'choose-factor': async ({ situation }) => {
      const ways = offeredWays(situation);
      return { choice: ways.includes('totp') ? 'totp' : (ways[0] ?? '') };
    },
    certificate: async ({ situation }) => ({ report: reportFor(fresh, situation) }),
    'enrol-factor': async ({ situation }) => {
      const { kinds } = enrolFactor.show(means, situation, { locale: 'en' });
      return { choice: kinds.includes('totp') ? 'totp' : (kinds[0] ?? '') };
    },
    'enrol-totp': async (position) => ({ code: (await appOf(position)).codeAt(clock.now()) }),
    'enrol-mail': async ({ situation: { progress } }) => {
      const wasMailed = progress.mailedCode !== undefined && progress.mailedCode.triesLeft > 0;
      return wasMailed ? { code: await mailedCode() } : { address: 'hanako@example.org' };
    },
    'enrol-passkey': async (position) => ({
      passkey: JSON.stringify(makePasskey(account.id).registration(ceremonyAt(fresh, position))),
      unnamed: 'Passkey',
    }),
    'recovery-codes-left': async () => ({ choice: 'seen' }),
    'keep-recovery-codes': async () => ({ choice: 'kept' }),
    'accept-terms': async () => ({ choice: 'accept' }),
    release: async () => ({ choice: 'allow' }),
  };

  return {
    visitor,
    goTo(there) {
      origin = there;
    },
    async begin(request, known) {
      session = known;
      return login.begin(handle, request, await visitor());
    },
    answer: async (position, fields) => login.answer(handle, shownIn(position), answerOf(fields), await visitor()),
    async rightAnswer(position) {
      const { step } = shownIn(position);
      const answer = answers[step];
      if (!answer) throw new Error(`nobody knows how to answer ${step}`);
      return answer(position);
    },
  };
}

async function storeHeld(fresh: FreshLogin, held: readonly SecondFactorKind[]) {
  const { world, masterKey, codeDigest, put } = fresh;
  const actor = { kind: 'system' } as const;
  let recoveryCodes: readonly string[] = [];
  let pass = '';
  let passkey: StoredPasskey | undefined;
  for (const kind of held) {
    if (kind === 'totp') await put(credentials, heldApp(masterKey, 'account-1'));
    else if (kind === 'passkey') passkey = await storePasskey(fresh);
    else if (kind === 'recovery-code') {
      const made = await planNewRecoveryCodes(world, codeDigest, actor, 'account-1');
      await world.store.commit(made.writes);
      recoveryCodes = made.codes;
    } else if (kind === 'temporary-pass') {
      const account = { id: 'account-1', state: 'active' } as Parameters<typeof planTemporaryPass>[3]['account'];
      const giving = { account, seenBy: 'desk', expiresAt: startInstant + days(1) };
      const given = await planTemporaryPass(world, codeDigest, actor, giving);
      await world.store.commit(given.writes);
      pass = given.pass;
    } else await put(credentials, sampleCredential(kind));
  }
  return { recoveryCodes, pass, passkey };
}
