/** A QR code as the path of an SVG, so that a page can hold it without a script and without an image to fetch. */
import qrcode from 'qrcode';

export interface QrCode {
  /** Of each side, in modules, with the quiet zone around it. */
  readonly size: number;
  /** `d` of the dark modules. */
  readonly path: string;
}

/** ISO/IEC 18004: four light modules on every side. */
const quietZone = 4;

/** Level M bears 15 % of damage, more than a screen does; L makes larger modules, which a cheap camera reads more easily. */
export function drawQrCode(text: string): QrCode {
  const { modules } = qrcode.create(text, { errorCorrectionLevel: 'L' });
  const { size } = modules;
  const rows = Array.from({ length: size }, (_, row) =>
    runsOf(Array.from(modules.data.slice(row * size, row * size + size), Boolean), row),
  );
  return { size: size + 2 * quietZone, path: rows.join('') };
}

/** Dark modules that touch are one bar: a third of the text that a square each would need. */
function runsOf(row: readonly boolean[], y: number): string {
  const bars: string[] = [];
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const start = x;
    while (row[x + 1]) x += 1;
    bars.push(`M${start + quietZone} ${y + quietZone}h${x + 1 - start}v1H${start + quietZone}z`);
  }
  return bars.join('');
}
