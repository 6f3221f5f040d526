/** An address as its owner knows it again and nobody else learns it: t***@example.com. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const [first = ''] = address;
  return `${at > 0 ? first : ''}***${address.slice(at)}`;
}
