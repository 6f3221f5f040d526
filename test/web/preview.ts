/**
 * Shows every sample page with made-up people: `node test/web/preview.ts [port] [accent]`, then open the address that it
 * prints. The pages are served under the policy that the real ones have.
 */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createAssets } from '../../src/web/assets.ts';
import { judgeAccent } from '../../src/web/brand.ts';
import { createRenderer } from '../../src/web/render.ts';
import { samplePages } from './sample-pages.ts';
import { sampleFrame, sampleLogo } from './sample-university.ts';

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const [port = '3190', accent = '#1b3f8b'] = process.argv.slice(2);
const verdict = judgeAccent(accent);
if (!verdict.ok) throw new Error(`the accent ${accent} is refused: ${JSON.stringify(verdict)}`);
const assets = createAssets(verdict.css);
const viewsDirectory = fileURLToPath(new URL('../../views', import.meta.url));
const frames = { ja: sampleFrame('ja', assets, sampleLogo), en: sampleFrame('en', assets, sampleLogo) };
const renderer = createRenderer({ viewsDirectory, frame: frames });

createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const found = assets.find(url.pathname);
  response.setHeader('Content-Security-Policy', policy);
  if (found) {
    response.setHeader('Content-Type', found.contentType);
    response.end(found.body);
    return;
  }
  const locale = url.searchParams.get('lang') === 'en' ? 'en' : 'ja';
  const sample = samplePages(locale).find(({ name }) => `/${name}` === url.pathname);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  if (sample) {
    response.end(renderer.render(sample.view, locale, { ...sample.model, path: request.url ?? '/' }));
    return;
  }
  const links = samplePages('ja').map(
    ({ name }) => `<li>${name}: <a href="/${name}">ja</a> <a href="/${name}?lang=en">en</a></li>`,
  );
  response.end(`<!doctype html><html lang="en"><title>Pages</title><h1>Pages</h1><ul>${links.join('')}</ul>`);
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
