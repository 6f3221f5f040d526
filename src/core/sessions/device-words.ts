/**
 * A browser in a few words, such as `Chrome / Windows`, for its owner to know it again. It is what the browser says of
 * itself: nothing is decided by it, and nothing of its own text is printed.
 */

/** The first that fits: those that pretend to be another stand before it. */
const browsers = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOPT\//, 'Opera'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bLine\//, 'LINE'],
  [/Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
] as const;

const systems = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
] as const;

type BrowserName = (typeof browsers)[number][1];
type SystemName = (typeof systems)[number][1];

/** Of closed lists: it may be kept where nothing that a stranger wrote should be. */
export type DeviceWords = `${BrowserName} / ${SystemName}` | BrowserName | SystemName;

/** Undefined where it says nothing that is known. */
export function deviceWords(userAgent: string): DeviceWords | undefined {
  const browser = browsers.find(([sign]) => sign.test(userAgent))?.[1];
  const system = systems.find(([sign]) => sign.test(userAgent))?.[1];
  return browser && system ? `${browser} / ${system}` : (browser ?? system);
}
