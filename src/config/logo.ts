/** Reads the logo into a data URI, so that pages need no route, no cache and no path of this machine for it. */
import { readFileSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';

/** It travels with every page, and a page is to stay under 60 KB. */
const largestBytes = 30 * 1024;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export type Logo = { readonly ok: true; readonly uri: string } | { readonly ok: false; readonly message: string };

/** `folder` is where a relative path starts. The content must be what the name says: it is sent under that type. */
export function readLogo(path: string, folder: string): Logo {
  const kind = extname(path).toLowerCase();
  if (kind !== '.svg' && kind !== '.png') return { ok: false, message: 'expected an .svg or .png file' };
  let content: Buffer;
  try {
    const file = resolve(folder, path);
    if (statSync(file).size > largestBytes) return { ok: false, message: 'the file is larger than 30 KB' };
    content = readFileSync(file);
  } catch {
    return { ok: false, message: `the file ${path} cannot be read` };
  }
  const isGenuine =
    kind === '.png' ? content.subarray(0, 8).equals(pngSignature) : /<svg[\s>]/.test(content.toString());
  if (!isGenuine) return { ok: false, message: `the file holds no ${kind.slice(1).toUpperCase()} image` };
  const type = kind === '.png' ? 'image/png' : 'image/svg+xml';
  return { ok: true, uri: `data:${type};base64,${content.toString('base64')}` };
}
