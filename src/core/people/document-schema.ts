/** What an operator writes of persons. The names are those of the record (person.ts, account.ts); days are calendar days. */
import { z } from 'zod';
import { isCalendarDay } from '../../base/calendar-day.ts';
import { identifier } from '../../base/document/fields/identifier.ts';
import { notAsDescribed } from '../../base/document/fields/not-as-described.ts';
import { phone } from '../../base/document/fields/phone.ts';
import { isOrcid } from './orcid.ts';
import { roles } from './person.ts';

const text = (longest: number) => z.string().trim().min(1).max(longest).meta({ words: 'text' });

const personName = z.strictObject({ family: text(100), given: text(100) });

const day = () =>
  z.string().refine(isCalendarDay, notAsDescribed).meta({ words: 'a day that exists, written YYYY-MM-DD' });

const personEntry = z.strictObject({
  nameJa: personName.exactOptional(),
  nameKana: personName.exactOptional(),
  nameEn: personName,
  birthDate: day().exactOptional(),
  phone: phone().exactOptional(),
  studentNumber: text(32).exactOptional(),
  staffNumber: text(32).exactOptional(),
  orcid: z
    .string()
    .refine(isOrcid, notAsDescribed)
    .meta({ words: 'an ORCID iD such as https://orcid.org/0000-0002-1825-0097' })
    .exactOptional(),
  // Both lists replace or bring up to date what is known, so that an empty one must be meant: it is written out.
  affiliations: z.array(
    z.strictObject({
      unit: z.string(),
      role: z.enum(roles),
      from: day(),
      until: day().exactOptional(),
    }),
  ),
  groups: z.array(identifier()).exactOptional(),
  accounts: z.array(
    z.strictObject({
      kind: z.string(),
      loginName: text(64),
      universityMail: z.email().meta({ words: 'a mail address' }).exactOptional(),
      immutableId: text(64).exactOptional(),
      expires: day().exactOptional(),
    }),
  ),
});

export type WrittenPerson = z.output<typeof personEntry>;

export const peopleDocument = z.strictObject({ people: z.array(personEntry) });
