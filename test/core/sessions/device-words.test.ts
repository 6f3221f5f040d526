import { describe, expect, it } from '@jest/globals';
import { deviceWords } from '../../../src/core/sessions/device-words.ts';

const safari = 'AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1';
const blink = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/136.0.0.0';

describe('a browser in words', () => {
  it.each([
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Safari/537.36`, 'Chrome / Windows'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${blink} Safari/537.36 Edg/136.0.0.0`, 'Edge / Windows'],
    [`Mozilla/5.0 (Linux; Android 10; K) ${blink} Mobile Safari/537.36`, 'Chrome / Android'],
    [
      `Mozilla/5.0 (Linux; Android 10; K) ${blink} SamsungBrowser/28.0 Mobile Safari/537.36`,
      'Samsung Internet / Android',
    ],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) ${safari}`, 'Safari / iPhone'],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) CriOS/136.0 ${safari}`, 'Chrome / iPhone'],
    [`Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) ${safari} Line/15.0.0`, 'LINE / iPhone'],
    [`Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${safari}`, 'Safari / Mac'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0', 'Firefox / Linux'],
    [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${blink} Safari/537.36`, 'Chrome / ChromeOS'],
    ['curl/8.5.0 (Linux)', 'Linux'],
  ])('of %s', (userAgent, words) => {
    expect(deviceWords(userAgent)).toBe(words);
  });

  it.each(['', 'curl/8.5.0', 'Enter your code at https://evil.example/'])('says nothing of %j', (userAgent) => {
    expect(deviceWords(userAgent)).toBeUndefined();
  });
});
