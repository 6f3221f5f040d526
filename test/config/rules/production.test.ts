import { describe, expect, it } from '@jest/globals';
import { complaintsOf, loadBeside } from '../load-text.ts';

const secure = { SEKISHO__SERVER__ISSUER: 'https://login.example.ac.jp' };
const development = { SEKISHO__MODE: 'development' };

describe('checkProduction', () => {
  it('accepts https anywhere', () => {
    expect(complaintsOf(loadBeside('', secure))).toEqual([]);
  });

  it.each(['http://localhost:3000', 'http://sekisho.localhost', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
    'accepts http on loopback: %s',
    (issuer) => {
      expect(complaintsOf(loadBeside('', { SEKISHO__SERVER__ISSUER: issuer }))).toEqual([]);
    },
  );

  it.each([
    'http://login.example.ac.jp',
    'http://127.0.0.1.example.ac.jp',
    'http://localhost.example.ac.jp',
    'http://10.0.0.1',
  ])('refuses http that others can reach, whatever the mode: %s', (issuer) => {
    const refusal = ['server.issuer: must be https: only a loopback address may be http'];
    expect(complaintsOf(loadBeside('', { SEKISHO__SERVER__ISSUER: issuer }))).toEqual(refusal);
    expect(complaintsOf(loadBeside('', { ...development, SEKISHO__SERVER__ISSUER: issuer }))).toEqual(refusal);
  });

  it('refuses an http origin for client certificates', () => {
    const way = 'proxy: { trusted: [10.0.0.1] }, certificates: { header: { name: Client-Cert, format: rfc9440 } }';
    const text = `server: { certificateOrigin: "http://cert.example.ac.jp", ${way} }`;
    expect(complaintsOf(loadBeside(text, secure))).toEqual([
      'server.certificateOrigin: must be https: only a loopback address may be http',
    ]);
  });

  it('refuses demo data in production mode, also on loopback', () => {
    expect(complaintsOf(loadBeside('demo: true'))).toEqual([
      'demo: refused in production: the passwords of demo people are known to everybody',
    ]);
  });

  it('refuses demo data under a public issuer, also in development mode', () => {
    expect(complaintsOf(loadBeside('demo: true', { ...development, ...secure }))).toEqual([
      'demo: refused in production: the passwords of demo people are known to everybody',
    ]);
  });

  it('refuses a demo that others on the network can reach', () => {
    expect(complaintsOf(loadBeside('demo: true\nserver: { listen: { host: 0.0.0.0 } }', development))).toEqual([
      'server.listen.host: the demo listens on a loopback address only',
    ]);
  });

  it('accepts demo data in development on loopback', () => {
    expect(complaintsOf(loadBeside('demo: true', development))).toEqual([]);
  });

  it.each(['{ memoryKiB: 1024, iterations: 100 }', '{ memoryKiB: 8192 }'])(
    'refuses hashing that is too cheap, except in development: %s',
    (argon2) => {
      const text = `password: { argon2: ${argon2} }`;
      expect(complaintsOf(loadBeside(text))).toEqual([
        'password.argon2: weaker than the least that OWASP advises; 19456 KiB and 2 iterations is the default',
      ]);
      expect(complaintsOf(loadBeside(text, development))).toEqual([]);
    },
  );
});
