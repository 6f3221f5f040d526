/** An image as a data URI, so that pages need no route, no cache and no path of this machine for it. */
import { readFileSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';

/** It travels with every page, and a page is to stay under 60 KB. */
const largestBytes = 30 * 1024;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export type Logo = { readonly ok: true; readonly uri: string } | { readonly ok: false; readonly message: string };

type ImageType = 'image/png' | 'image/svg+xml';

const typeOfExtension: Readonly<Record<string, ImageType>> = { '.png': 'image/png', '.svg': 'image/svg+xml' };

/** `folder` is where a relative path starts. The content must be what the name says: it is sent under that type. */
export function readLogo(path: string, folder: string): Logo {
  const type = typeOfExtension[extname(path).toLowerCase()];
  if (type === undefined) return { ok: false, message: 'expected an .svg or .png file' };
  let content: Buffer;
  try {
    const file = resolve(folder, path);
    if (statSync(file).size > largestBytes) return { ok: false, message: 'the file is larger than 30 KB' };
    content = readFileSync(file);
  } catch {
    return { ok: false, message: `the file ${path} cannot be read` };
  }
  return logoOf(type, content, 'file');
}

/** The same judgement for an image that is written out in place of a path. */
export function judgeLogoUri(uri: string): Logo {
  const match = /^data:(image\/png|image\/svg\+xml);base64,([A-Za-z0-9+/]+={0,2})$/.exec(uri);
  if (!match?.[2]) return { ok: false, message: 'expected data:image/png;base64,… or data:image/svg+xml;base64,…' };
  return logoOf(match[1] as ImageType, Buffer.from(match[2], 'base64'), 'image');
}

function logoOf(type: ImageType, content: Buffer, what: string): Logo {
  if (content.length > largestBytes) return { ok: false, message: `the ${what} is larger than 30 KB` };
  const isPng = type === 'image/png';
  const isGenuine = isPng ? content.subarray(0, 8).equals(pngSignature) : /<svg[\s>]/.test(content.toString());
  if (!isGenuine) return { ok: false, message: `the ${what} holds no ${isPng ? 'PNG' : 'SVG'} image` };
  return { ok: true, uri: `data:${type};base64,${content.toString('base64')}` };
}
