/** The cookie that says which accounts trust this browser: a token for each, the youngest first. */

/** A browser is shared by few people who would trust it. */
const mostTokens = 4;

const entriesOf = (value: string | undefined): readonly string[] => (value ?? '').split('!').filter(Boolean);

export function trustTokenIn(value: string | undefined, accountId: string): string | undefined {
  const entry = entriesOf(value).find((one) => one.startsWith(`${accountId}~`));
  return entry?.slice(accountId.length + 1);
}

export function withTrustToken(value: string | undefined, accountId: string, token: string): string {
  const others = entriesOf(value).filter((one) => !one.startsWith(`${accountId}~`));
  return [`${accountId}~${token}`, ...others].slice(0, mostTokens).join('!');
}
