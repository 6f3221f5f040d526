const strict = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** As XML Schema (xs:base64Binary) and RFC 2045 write it, broken into lines or not; nothing where it is anything else. */
export function decodeBase64(text: string): Buffer | undefined {
  const joined = text.replace(/[ \t\r\n]+/g, '');
  return strict.test(joined) ? Buffer.from(joined, 'base64') : undefined;
}
