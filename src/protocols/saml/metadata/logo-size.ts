/** How large a logo is, in pixels: metadata has to say so (MDUI 2.1.5), and a logo of the configuration is a data: URI. */

export interface LogoSize {
  readonly width: number;
  readonly height: number;
}

/** Undefined where it cannot be told: then the logo is left out. */
export function sizeOfLogo(uri: string): LogoSize | undefined {
  const [head = '', body = ''] = uri.split(',');
  const image = Buffer.from(body, 'base64');
  return head.startsWith('data:image/png') ? sizeOfPng(image) : sizeOfSvg(image.toString());
}

/** PNG 11.2.1: the header chunk comes first, and begins with both as 32 bits. */
function sizeOfPng(image: Buffer): LogoSize | undefined {
  if (image.length < 24) return undefined;
  return positive(image.readUInt32BE(16), image.readUInt32BE(20));
}

function sizeOfSvg(text: string): LogoSize | undefined {
  const root = /<svg[^>]*>/.exec(text)?.[0] ?? '';
  const lengthOf = (name: string): number => Number(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(root)?.[1]);
  const [, , width, height] = (/\sviewBox="([^"]*)"/.exec(root)?.[1] ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return positive(lengthOf('width'), lengthOf('height')) ?? positive(width ?? 0, height ?? 0);
}

const positive = (width: number, height: number): LogoSize | undefined =>
  width > 0 && height > 0 ? { width: Math.round(width) || 1, height: Math.round(height) || 1 } : undefined;
