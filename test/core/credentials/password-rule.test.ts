import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  judgePassword,
  type PasswordOwner,
  type PasswordPreset,
  type PasswordProblem,
  passwordPatterns,
  passwordPresets,
  presetMeetsSfa,
} from '../../../src/core/credentials/password-rule.ts';

const nobody: PasswordOwner = { loginName: 'zz', names: [] };
const owner: PasswordOwner = {
  loginName: 'a0123456',
  names: ['Kyoto', 'Hanako', '京都', '花子', 'はなこ', 'Li'],
  birthDate: '2004-11-23',
  phone: '+81 75-753-7838',
};

describe('judgePassword', () => {
  it.each<[PasswordPreset, string, readonly PasswordProblem[]]>([
    ['default', 'qxvzkwjpmrtd', []],
    ['default', 'qxvzkwjpmrt', ['too_short']],
    ['default', 'qx'.concat('vzkwjpmrtd'.repeat(12), 'bnfghs'), []],
    ['default', 'qx'.concat('vzkwjpmrtd'.repeat(12), 'bnfghsa'), ['too_long']],
    ['kyoto', 'Qxvzkw7pmrtd', []],
    ['kyoto', 'Qxvzkw7pmrt', ['too_short']],
    ['kyoto', 'Qxvzkw7pmrtdbnfg', []],
    ['kyoto', 'Qxvzkw7pmrtdbnfgh', ['too_long']],
    ['kyoto', 'Qxvzkw7-mrt d', []],
    ['kyoto', 'qxvzkw7pmrtd', ['needs_upper']],
    ['kyoto', 'QXVZKW7PMRTD', ['needs_lower']],
    ['kyoto', 'Qxvzkwjpmrtd', ['needs_digit']],
    ['kyoto-2017', 'Qxvz7wjp', []],
    // Seven characters are 10^7 guesses even for somebody who knows nothing of words.
    ['kyoto-2017', 'Qxvz7wj', ['too_short', 'in_dictionary']],
    ['kyoto-2017', 'Qxvz7wjpmrtdbnfg', []],
    ['kyoto-2017', 'Qxvz7wjpmrtdbnfgh', ['too_long']],
    ['kyoto-2017', 'Qxvz-wjpm', ['only_alphanumeric']],
  ])('judges by %s of %j: %j', async (preset, password, problems) => {
    expect(await judgePassword(preset, password, nobody)).toEqual(problems);
  });

  it.each(['password123456', 'Password1234', 'qwertyuiopas', 'sakurasakura1'])(
    'refuses %j, which a guesser finds in dictionaries',
    async (password) => {
      expect(await judgePassword('default', password, nobody)).toContain('in_dictionary');
    },
  );

  it.each<[string, string, readonly PasswordProblem[]]>([
    ['their name', 'qxvzHANAKOwjpm', ['contains_name']],
    ['their name in their own script', 'qxvzkwjpmrt花子', ['contains_name']],
    ['their name in kana', 'qxvzkwjpmrtはなこ', ['contains_name']],
    ['two Latin letters of a name, by chance', 'qxvzkwlijpmrt', []],
    ['their birth date, year first', 'qxvz20041123wjp', ['contains_birth_date']],
    ['their birth date, short year first', 'qxvz041123wjpm', ['contains_birth_date']],
    ['their birth date, day first', 'qxvz23112004wjp', ['contains_birth_date']],
    ['their birth date, month first', 'qxvz11232004wjp', ['contains_birth_date']],
    ['their birth date, with strokes', 'qx2004/11/23wjpm', ['contains_birth_date']],
    ['another birth date', 'qxvz20041124wjp', []],
    ['their phone number', 'qxvz0757537838wjp', ['contains_phone']],
    ['the local part of their phone number', 'qxvz57537838wjp', ['contains_phone']],
    ['another phone number', 'qxvz57537839wjp', []],
    ['their login name', 'qxvzA0123456wjp', ['contains_login_name']],
  ])('judges a password with %s', async (_what, password, problems) => {
    expect(await judgePassword('default', password, owner)).toEqual(problems);
  });

  it('takes full-width letters for the half-width ones that they stand for', async () => {
    expect(await judgePassword('kyoto', 'Ｑｘｖｚｋｗ７ｐｍｒｔｄ', nobody)).toEqual([]);
    expect(await judgePassword('default', 'ｑｘｖｚｈａｎａｋｏｗｊｐｍ', owner)).toEqual(['contains_name']);
  });

  it('counts characters, not the units that a computer stores them in', async () => {
    expect(await judgePassword('default', '𠮷𩸽𠀋𡈽𡌛𡑮𡢽𠮟𡚴𡸴𣇄', nobody)).toContain('too_short');
    expect(await judgePassword('default', '𠮷𩸽𠀋𡈽𡌛𡑮𡢽𠮟𡚴𡸴𣇄𣗄', nobody)).not.toContain('too_short');
  });

  it('finds exactly what speaks against a password by length and alphabet, whatever it is', async () => {
    const character = fc.constantFrom(...'abcXYZ0189-_ あ');
    const typed = fc.array(character, { minLength: 5, maxLength: 19 }).map((characters) => characters.join(''));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...passwordPresets), typed, async (preset, password) => {
        const problems = await judgePassword(preset, password, nobody);
        expect(problems.filter((problem) => problem !== 'in_dictionary')).toEqual(plainProblems(preset, password));
      }),
      { numRuns: 200 },
    );
  });
});

/** The rules of design.md once more, in other words. */
function plainProblems(preset: PasswordPreset, password: string): PasswordProblem[] {
  const { length } = password;
  const [shortest, longest] = { default: [12, 128], kyoto: [12, 16], 'kyoto-2017': [8, 16] }[preset] as [
    number,
    number,
  ];
  const found: (PasswordProblem | false)[] = [length < shortest && 'too_short', length > longest && 'too_long'];
  if (preset === 'kyoto') {
    const holds = (wanted: string) => [...wanted].some((character) => password.includes(character));
    found.push(!holds('XYZ') && 'needs_upper', !holds('abc') && 'needs_lower', !holds('0189') && 'needs_digit');
  }
  if (preset === 'kyoto-2017') {
    const isOdd = [...'-_ あ'].some((character) => password.includes(character));
    found.push(isOdd && 'only_alphanumeric');
  }
  return found.filter((problem) => problem !== false);
}

describe('passwordPatterns', () => {
  const typed = [
    '',
    'a',
    'A1',
    'kamogawa',
    'Kamo7gawaTobi',
    'Kamo7-gawa tobi',
    '鴨川デルタの飛び石を渡る十七人',
    '😀'.repeat(12),
  ];
  const samples = [...typed, 'aA1'.repeat(5), 'aA1'.repeat(6), 'x'.repeat(128), 'x'.repeat(129)];

  it.each(passwordPresets)('say of a password under %s what the rule says of it alone', async (preset) => {
    const patterns = passwordPatterns(preset);
    for (const password of samples) {
      const judged = await judgePassword(preset, password, nobody);
      const seen = [...patterns].filter(([, pattern]) => !new RegExp(pattern, 'su').test(password));
      expect(seen.map(([problem]) => problem)).toEqual(judged.filter((problem) => patterns.has(problem)));
    }
  });
});

describe('presetMeetsSfa', () => {
  it.each([
    ['default', true],
    ['kyoto', true],
    // 8 characters of 62: REFEDS SFA wants 12 of 52 or 8 of 72.
    ['kyoto-2017', false],
  ] as const)('says of %s: %s', (preset, meets) => {
    expect(presetMeetsSfa(preset)).toBe(meets);
  });
});
