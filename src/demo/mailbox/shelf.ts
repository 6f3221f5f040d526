/** The last mails, in memory. */
import type { ReceivedMail } from './received-mail.ts';

/** A demo that runs for weeks must not grow. */
const most = 500;

export class Shelf {
  readonly #mails: ReceivedMail[] = [];
  #lastId = 0;

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  add(mail: ReceivedMail): void {
    this.#mails.unshift(mail);
    this.#mails.length = Math.min(this.#mails.length, most);
  }

  /** Newest first. */
  all(): readonly ReceivedMail[] {
    return this.#mails;
  }

  to(address: string): readonly ReceivedMail[] {
    const wanted = address.toLowerCase();
    return this.#mails.filter((mail) => mail.to.some((one) => one.toLowerCase() === wanted));
  }

  byId(id: string): ReceivedMail | undefined {
    return this.#mails.find((mail) => String(mail.id) === id);
  }
}
