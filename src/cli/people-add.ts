/** `people add`: one person from options, as a document of one, so that the same rules judge it. */
import { type Command, Option } from 'commander';
import { locateFindings } from '../base/document/problem.ts';
import { judgePeople } from '../core/people/document.ts';
import { enterPeople, peopleJson } from './people-report.ts';
import { problemsReport } from './report.ts';
import { peopleSurroundings } from './surroundings.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'add',
  summary: 'add a person, or bring one that is known up to date',
  more: 'Problems name the place in the document that the options stand for (people[0].nameEn.family).',
  json: peopleJson,
};

type NameOptions = { readonly [Key in `${'family' | 'given'}${'En' | 'Ja' | 'Kana'}`]?: string };

interface AddOptions extends NameOptions {
  readonly birthDate?: string;
  readonly phone?: string;
  readonly studentNumber?: string;
  readonly staffNumber?: string;
  readonly affiliation: readonly string[];
  readonly group?: readonly string[];
  readonly account: readonly string[];
}

const gather = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

const options = [
  new Option('--family-en <name>', 'family name in Latin letters (needed)'),
  new Option('--given-en <name>', 'given name in Latin letters (needed)'),
  new Option('--family-ja <name>', 'family name in the person’s own script'),
  new Option('--given-ja <name>', 'given name in the person’s own script'),
  new Option('--family-kana <name>', 'family name in kana'),
  new Option('--given-kana <name>', 'given name in kana'),
  new Option('--birth-date <day>', 'YYYY-MM-DD'),
  new Option('--phone <number>', 'telephone number'),
  new Option('--student-number <number>', 'student number'),
  new Option('--staff-number <number>', 'staff number'),
  new Option('--affiliation <unit,role,from[,until]>', 'days as YYYY-MM-DD; may be given several times')
    .default([], 'none')
    .argParser(gather),
  new Option('--group <group>', 'for rules of the policy; may be given several times').argParser(gather),
  new Option('--account <kind,login-name[,mail[,expires]]>', 'may be given several times')
    .default([], 'none')
    .argParser(gather),
];

export const addPeopleAdd = (parent: Command, run: Run): Command =>
  addChangingVerb<AddOptions>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world, { config }) => {
        const noPlace = () => undefined;
        const judged = judgePeople({ people: [personOf(call.options)] }, peopleSurroundings(config));
        if (!judged.ok) return problemsReport(locateFindings(judged.findings, noPlace), 'nothing was written');
        return enterPeople(world, call.actor, judged.entries, noPlace);
      }),
    options,
  );

function personOf(given: AddOptions): object {
  const { familyEn, givenEn, familyJa, givenJa, familyKana, givenKana } = given;
  const { birthDate, phone, studentNumber, staffNumber } = given;
  return present({
    nameEn: present({ family: familyEn, given: givenEn }) ?? {},
    nameJa: present({ family: familyJa, given: givenJa }),
    nameKana: present({ family: familyKana, given: givenKana }),
    birthDate,
    phone,
    studentNumber,
    staffNumber,
    affiliations: given.affiliation.map((text) => fields(text, ['unit', 'role', 'from', 'until'])),
    groups: given.group,
    accounts: given.account.map((text) => fields(text, ['kind', 'loginName', 'universityMail', 'expires'])),
  }) as object;
}

/** An empty part was left out; one too many becomes a key that the document does not know, and is refused by that name. */
const fields = (text: string, names: readonly string[]): object =>
  Object.fromEntries(
    text.split(',').flatMap((part, index) => (part.trim() === '' ? [] : [[names[index] ?? part, part.trim()]])),
  );

function present(record: Readonly<Record<string, unknown>>): object | undefined {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
