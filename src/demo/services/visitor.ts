/**
 * One browser's hold on its session: the cookie and what lies behind it. Signing in and out change the id, so one
 * planted in the browser beforehand (session fixation) never becomes that of a signed-in session.
 */
import type Koa from 'koa';
import type { Farewell, PendingLogin, Session, Sessions, SignedIn } from './sessions.ts';

const minute = 60_000;
const waitingLifetime = 60 * minute;
const farewellLifetime = 10 * minute;
const signedInLifetime = 8 * 60 * minute;
const pendingAtMost = 5;

export class Visitor {
  readonly #ctx: Koa.Context;
  readonly #sessions: Sessions;
  readonly #cookieName: string;
  #id: string | undefined;

  constructor(ctx: Koa.Context, sessions: Sessions, cookieName: string) {
    this.#ctx = ctx;
    this.#sessions = sessions;
    this.#cookieName = cookieName;
    this.#id = ctx.cookies.get(cookieName);
  }

  get session(): Session | undefined {
    return this.#id === undefined ? undefined : this.#sessions.find(this.#id);
  }

  /** Remembers a login that this browser begins; several tabs may have one each on its way. */
  await(login: PendingLogin): void {
    const session = this.session;
    if (this.#id === undefined || !session) this.#move({ pending: [login] }, waitingLifetime);
    else this.#sessions.replace(this.#id, { pending: [...session.pending, login].slice(-pendingAtMost) });
  }

  /** The login that this browser began with that state, taken out so that an answer can be used once only. */
  take(state: string): PendingLogin | undefined {
    const session = this.session;
    const login = session?.pending.find((pending) => pending.state === state);
    if (this.#id !== undefined && session && login) {
      const pending = session.pending.filter((other) => other !== login);
      this.#sessions.replace(this.#id, { ...session, pending });
    }
    return login;
  }

  signIn(signedIn: SignedIn): void {
    this.#move({ pending: [], signedIn }, signedInLifetime);
  }

  signOut(farewell: Farewell): void {
    this.#move({ pending: [], farewell }, farewellLifetime);
  }

  #move(session: Session, lifetimeMs: number): void {
    if (this.#id !== undefined) this.#sessions.end(this.#id);
    this.#id = this.#sessions.open(session, lifetimeMs);
    this.#ctx.cookies.set(this.#cookieName, this.#id, { httpOnly: true, sameSite: 'lax', overwrite: true });
  }
}
