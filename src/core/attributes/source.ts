/** The records from which attributes are read, with what configuration adds. */
import type { Instant } from '../../base/clock.ts';
import type { Locale, Localized } from '../../base/locale.ts';
import type { Audience } from '../connections/connection.ts';
import type { Pseudonym } from '../keys/pseudonym.ts';
import type { Account } from '../people/account.ts';
import type { Person } from '../people/person.ts';

/** A value of eduPersonEntitlement, and whose it is: everybody's where nothing is said. */
export interface Entitlement extends Pick<Audience, 'roles' | 'accountKinds' | 'units'> {
  readonly uri: string;
}

/** The values of eduPersonAssurance: of everybody, and of those whose activation key was handed over so. */
export interface AssuranceValues {
  readonly everybody: readonly string[];
  readonly inPerson: readonly string[];
  readonly byPost: readonly string[];
}

/** What is the same for everybody. */
export interface Institution {
  /** Its domain, such as kyoto-u.ac.jp. */
  readonly scope: string;
  readonly name: Localized;
  readonly unitNames: Readonly<Record<string, Localized>>;
  readonly entitlements: readonly Entitlement[];
  readonly assurance: AssuranceValues;
  /** Before the name of a group it makes the URI that services know the group by; absent: none is told of groups. */
  readonly groupPrefix?: string;
  readonly pseudonym: Pseudonym;
}

export interface AttributeSource extends Institution {
  readonly person: Person;
  readonly account: Account;
  readonly now: Instant;
  /** In which language what exists in two is read. */
  readonly locale: Locale;
  /** That of the person's pages. */
  readonly pageLocale: Locale;
  /** Where a pseudonym is to be known, and nowhere else; absent where no service asks. */
  readonly place?: string;
}
