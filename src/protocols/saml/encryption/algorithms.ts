/**
 * What is encrypted with (XML Encryption 1.1; SAML2int SDP-ALG01), and what is refused by being absent: CBC, whose padding
 * answers an attacker's questions until the text is known; RSA PKCS#1 v1.5, likewise with the key.
 */
export const ciphers = {
  'aes256-gcm': { uri: 'http://www.w3.org/2009/xmlenc11#aes256-gcm', name: 'aes-256-gcm', keyLength: 32 },
  'aes128-gcm': { uri: 'http://www.w3.org/2009/xmlenc11#aes128-gcm', name: 'aes-128-gcm', keyLength: 16 },
} as const;
export type Cipher = keyof typeof ciphers;

/** XML Encryption 1.1, 5.2.4. */
export const ivLength = 12;
export const tagLength = 16;

/** Its mask is made with SHA-1, whatever the digest (XML Encryption 1.1, 5.5.2). Nothing here leans on collisions. */
export const oaepWithSha1 = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p';
export const oaep = 'http://www.w3.org/2009/xmlenc11#rsa-oaep';

/** Digests for OAEP by their names, and those of the masks that go with them: our engine takes one for both. */
export const oaepDigests: Readonly<Record<string, string>> = {
  'http://www.w3.org/2000/09/xmldsig#sha1': 'sha1',
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
};
export const maskDigests: Readonly<Record<string, string>> = {
  'http://www.w3.org/2009/xmlenc11#mgf1sha1': 'sha1',
  'http://www.w3.org/2009/xmlenc11#mgf1sha256': 'sha256',
  'http://www.w3.org/2009/xmlenc11#mgf1sha384': 'sha384',
  'http://www.w3.org/2009/xmlenc11#mgf1sha512': 'sha512',
};

export const sha1 = 'http://www.w3.org/2000/09/xmldsig#sha1';
export const maskOfSha1 = 'http://www.w3.org/2009/xmlenc11#mgf1sha1';
/** EncryptedData's Type: what comes out is an element (XML Encryption 1.1, 3.1). */
export const elementType = 'http://www.w3.org/2001/04/xmlenc#Element';
