import { describe, expect, it } from '@jest/globals';
import qrcode from 'qrcode';
import { drawQrCode } from '../../src/web/qr-code.ts';

const text =
  'otpauth://totp/%E4%BA%AC%E5%A4%A7:a0123456?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=%E4%BA%AC%E5%A4%A7';

/** What the path paints, module by module: `#` is dark. */
function painted({ size, path }: ReturnType<typeof drawQrCode>): readonly string[] {
  const rows = Array.from({ length: size }, () => Array<string>(size).fill('.'));
  for (const [bar, x = '', y = '', width = '', back = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H(\d+)z/g)) {
    if (back !== x) throw new Error(`${bar} does not close`);
    rows[Number(y)]?.fill('#', Number(x), Number(x) + Number(width));
  }
  return rows.map((row) => row.join(''));
}

describe('a QR code', () => {
  it('paints every dark module and no other, within four light ones on each side', () => {
    const { modules } = qrcode.create(text, { errorCorrectionLevel: 'L' });
    const blank = '.'.repeat(modules.size + 8);
    const rows = Array.from({ length: modules.size }, (_, row) => {
      const cells = Array.from({ length: modules.size }, (_, column) => (modules.get(row, column) ? '#' : '.'));
      return `....${cells.join('')}....`;
    });
    const margin = [blank, blank, blank, blank];
    expect(painted(drawQrCode(text))).toEqual([...margin, ...rows, ...margin]);
  });

  it('is a small thing: less than a tenth of what a page may weigh', () => {
    expect(drawQrCode(text).path.length).toBeLessThan(10_000);
  });
});
