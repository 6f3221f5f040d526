import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config/load.ts';
import { complaintsOf, configOf, requiredSections } from './load-text.ts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';

describe('the logo', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sekisho-logo-'));
    writeFileSync(join(folder, 'sekisho.yaml'), requiredSections);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const loadWithLogo = (name: string) =>
    loadConfig({ file: join(folder, 'sekisho.yaml'), environment: { SEKISHO__UNIVERSITY__LOGO: name } });

  it('is read from beside the file and becomes a data URI', () => {
    writeFileSync(join(folder, 'mark.svg'), svg);
    expect(configOf(loadWithLogo('mark.svg')).university.logo).toBe(
      `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    );
  });

  it.each([
    ['mark.gif', svg, 'expected an .svg or .png file'],
    ['mark.png', svg, 'the file holds no PNG image'],
    ['mark.svg', '<html></html>', 'the file holds no SVG image'],
    ['mark.svg', `${svg}${' '.repeat(31_000)}`, 'the file is larger than 30 KB'],
  ])('is refused: %s that is not what it should be', (name, content, message) => {
    writeFileSync(join(folder, name), content);
    expect(complaintsOf(loadWithLogo(name))).toEqual([`university.logo: ${message}`]);
  });

  it('is refused when there is no such file', () => {
    expect(complaintsOf(loadWithLogo('none.svg'))).toEqual(['university.logo: the file none.svg cannot be read']);
  });
});
