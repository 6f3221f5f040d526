/**
 * An ORCID iD as a URI. Its last character is a check digit (ISO/IEC 7064, MOD 11-2), and it is looked at: one slip of the
 * finger would name another researcher.
 */
export function isOrcid(text: string): boolean {
  const digits = /^https:\/\/orcid\.org\/(\d{4})-(\d{4})-(\d{4})-(\d{3})([\dX])$/.exec(text)?.slice(1);
  if (!digits) return false;
  const check = digits.pop();
  const total = [...digits.join('')].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const expected = (12 - (total % 11)) % 11;
  return check === (expected === 10 ? 'X' : String(expected));
}
