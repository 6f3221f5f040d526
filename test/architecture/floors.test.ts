import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Cruise, cruise, ruleNames } from './cruise.ts';

/** Far below what is there: it only has to notice a cruiser that sees nothing. */
const fewestSources = 40;

describe('the imports of src', () => {
  it('point downwards only, without cycles', async () => {
    const { sources, violations } = await cruise();
    expect(violations).toEqual([]);
    expect(sources).toBeGreaterThan(fewestSources);
  });
});

/** What each rule must refuse: the file, and what it imports. The imported file is made too when it is one of ours. */
const refused: readonly (readonly [rule: string, from: string, to: string, statement?: string])[] = [
  ['floors: base', 'src/base/clock.ts', 'src/store/port.ts', "import type {} from '../store/port.ts';"],
  ['floors: store/port', 'src/store/port.ts', 'src/core/people/person.ts'],
  ['floors: core', 'src/core/people/person.ts', 'src/config/load.ts'],
  ['floors: config', 'src/config/load.ts', 'src/i18n/negotiate.ts'],
  ['floors: i18n', 'src/i18n/negotiate.ts', 'src/login/attempt.ts'],
  ['floors: login', 'src/login/attempt.ts', 'src/mail/send.ts'],
  ['floors: mail', 'src/mail/send.ts', 'src/outgoing/fetch.ts'],
  ['floors: outgoing', 'src/outgoing/fetch.ts', 'src/web/render.ts'],
  ['floors: protocols/oidc', 'src/protocols/oidc/claims.ts', 'src/protocols/saml/claims.ts'],
  ['floors: protocols/saml', 'src/protocols/saml/metadata.ts', 'src/protocols/oidc/claims.ts'],
  ['floors: web', 'src/web/render.ts', 'src/jobs/sweep.ts'],
  ['floors: jobs', 'src/jobs/sweep.ts', 'src/store/open.ts'],
  ['floors: metrics', 'src/metrics/request-meter.ts', 'src/web/render.ts'],
  ['floors: demo', 'src/demo/people.ts', 'src/app.ts'],
  ['floors: store engines', 'src/store/open.ts', 'src/cli/table.ts'],
  ['floors: app', 'src/app.ts', 'src/cli/start.ts'],
  ['floors: cli', 'src/cli/start.ts', 'src/main.ts'],
  ['floors: main', 'src/main.ts', 'src/loose.ts'],
  ['nothing outside the floors', 'src/loose.ts', 'src/base/ids.ts'],
  ['no cycles', 'src/core/keys/ring.ts', 'src/core/keys/seal.ts', "import './seal.ts';"],
  ['every import resolves', 'src/core/keys/lost.ts', './nowhere.ts', "import './nowhere.ts';"],
  ['nothing that production lacks', 'src/cli/table.ts', 'node_modules/only-for-tests/index.js'],
  [
    'only protocols/oidc knows oidc-provider',
    'src/web/oidc.ts',
    'node_modules/oidc-provider/index.js',
    "await import('oidc-provider');",
  ],
  ['only metrics knows prom-client', 'src/login/count.ts', 'node_modules/prom-client/index.js'],
  ['only store/open names an engine', 'src/jobs/vacuum.ts', 'src/store/sqlite/engine.ts'],
  ['engines stay apart', 'src/store/mongo/engine.ts', 'src/store/sqlite/engine.ts'],
  ['the database driver stays in its engine', 'src/cli/query.ts', 'node:sqlite', "import 'node:sqlite';"],
  ['the store knows no domain', 'src/store/sqlite/people.ts', 'src/core/people/person.ts'],
  ['core, login and SAML know nothing of HTTP or pages', 'src/core/people/page.ts', 'node_modules/koa/index.js'],
  ['core, login and SAML know nothing of HTTP or pages', 'src/login/listen.ts', 'http', "import 'node:http';"],
  ['the codecs of SAML know nobody', 'src/protocols/saml/xml/whose.ts', 'src/core/people/person.ts'],
  ['metadata of services is read from the command line', 'src/jobs/refresh.ts', 'src/protocols/saml/metadata/read.ts'],
  ['certificates know no people', 'src/core/certificates/whose.ts', 'src/core/people/person.ts'],
  ['the demo services are strangers', 'src/demo/services/kulasis.ts', 'src/base/ids.ts'],
  [
    'the demo starts from its verb only',
    'src/cli/import.ts',
    'src/demo/people.ts',
    "export {} from '../demo/people.ts';",
  ],
];

/** What the same rules must let pass. */
const allowed: readonly (readonly [from: string, to: string])[] = [
  ['src/main.ts', 'src/cli/start.ts'],
  ['src/cli/demo.ts', 'src/demo/people.ts'],
  ['src/cli/demo.ts', 'src/app.ts'],
  ['src/app.ts', 'src/store/open.ts'],
  ['src/store/open.ts', 'src/store/sqlite/engine.ts'],
  ['src/metrics/login-meter.ts', 'node_modules/prom-client/index.js'],
  ['src/protocols/oidc/provider.ts', 'node_modules/oidc-provider/index.js'],
  ['src/web/server.ts', 'node_modules/koa/index.js'],
  ['src/login/facts.ts', 'src/core/people/person.ts'],
];

describe('the rules about imports', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-floors-'));
  let canary: Cruise;

  beforeAll(async () => {
    writeHouse(folder);
    canary = await cruise(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(refused)('refuse, as "%s", %s → %s', (rule, from, to) => {
    expect(canary.violations).toContainEqual({ rule, from, to });
  });

  it('are each refused something above', () => {
    expect(new Set(refused.map(([rule]) => rule))).toEqual(new Set(ruleNames()));
  });

  it.each(allowed)('let pass %s → %s', (from, to) => {
    expect(canary.violations.filter((violation) => violation.from === from && violation.to === to)).toEqual([]);
  });
});

function writeHouse(folder: string): void {
  const texts = new Map<string, string>();
  for (const [from, to, statement] of [
    ...refused.map(([, from, to, statement]) => [from, to, statement] as const),
    ...allowed.map(([from, to]) => [from, to, undefined] as const),
  ]) {
    const text = statement ?? `import '${to.startsWith('node_modules/') ? to.split('/')[1] : relativeTo(from, to)}';`;
    texts.set(from, `${texts.get(from) ?? ''}${text}\n`);
    if (to.startsWith('src/')) texts.set(to, texts.get(to) ?? '');
  }
  for (const name of ['oidc-provider', 'koa', 'prom-client', 'only-for-tests']) {
    texts.set(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    texts.set(`node_modules/${name}/index.js`, '');
  }
  texts.set('src/core/keys/seal.ts', "import './ring.ts';");
  const dependencies = { 'oidc-provider': '1.0.0', koa: '1.0.0', 'prom-client': '1.0.0' };
  texts.set('package.json', JSON.stringify({ dependencies, devDependencies: { 'only-for-tests': '1.0.0' } }));
  for (const [path, text] of texts) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const relativeTo = (from: string, to: string): string => `${'../'.repeat(from.split('/').length - 1)}${to}`;
