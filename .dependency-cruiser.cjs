/**
 * The floors of the house: an import points downwards only, and the parts on one floor do not import each other.
 * test/architecture/floors.test.ts runs these rules over src and proves that each of them can fail.
 */

const part = (name, path = `src/${name}/`) => ({ name, path });

/** From the top to the bottom. Every file under src/ must belong to exactly one part. */
const floors = [
  [part('main', 'src/main\\.ts$')],
  [part('cli')],
  // The composition root: the ground that every command stands on, the serving node upon it, and the node's regular work.
  [part('app', 'src/(?:app|ground|node-jobs)\\.ts$')],
  // The engines are chosen in the composition root, so they stand beside web and jobs although they know no domain.
  [
    part('web'),
    part('jobs'),
    part('metrics'),
    part('demo'),
    part('store engines', 'src/store/(?!(?:port|watch)\\.ts$)'),
  ],
  [part('protocols/oidc'), part('protocols/saml')],
  [part('login'), part('mail'), part('outgoing')],
  [part('i18n'), part('config')],
  [part('core')],
  [part('store/port', 'src/store/(?:port|watch)\\.ts$')],
  [part('base')],
];

const anyOf = (parts) => `^(?:${parts.map(({ path }) => path).join('|')})`;

/** A part may import itself and the floors below it: whatever else of ours it names is refused. */
const floorRules = floors.flatMap((parts, height) => {
  const below = floors.slice(height + 1).flat();
  return parts.map((one) => ({
    name: `floors: ${one.name}`,
    comment: `${one.name} may import only itself and the floors below it`,
    severity: 'error',
    from: { path: anyOf([one]) },
    to: { path: '^src/', pathNot: anyOf([one, ...below]) },
  }));
});

const packageNamed = (...names) => `(?:^|/)node_modules/(?:${names.join('|')})(?:/|$)`;
/** Node's own modules appear with or without their prefix, depending on how the resolver met them. */
const nodeModule = (...names) => `^(?:node:)?(?:${names.join('|')})$`;

const httpOrPages = [packageNamed('koa', '@koa/[^/]+', 'koa-[^/]+', 'raw-body', 'ejs'), nodeModule('https?', 'http2')];
const engines = [packageNamed('mongoose', 'mongodb'), nodeModule('sqlite')];

const partRules = [
  {
    name: 'nothing outside the floors',
    comment: 'A file that belongs to no floor would escape every rule: give it a place in floors',
    severity: 'error',
    from: { path: '^src/', pathNot: anyOf(floors.flat()) },
    to: {},
  },
  {
    name: 'no cycles',
    comment: 'Two files that need each other are one file, or want a third below both',
    severity: 'error',
    from: { path: '^src/' },
    to: { circular: true },
  },
  {
    name: 'every import resolves',
    comment: 'An import that the cruiser cannot follow is one that it cannot judge',
    severity: 'error',
    from: { path: '^src/' },
    to: { couldNotResolve: true },
  },
  {
    name: 'nothing that production lacks',
    comment: 'The image is installed with --omit=dev; a development dependency in src would start only on our machines',
    severity: 'error',
    from: { path: '^src/' },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: packageNamed('@types/[^/]+') },
  },
  {
    name: 'only protocols/oidc knows oidc-provider',
    comment: 'Its session, its models and its vocabulary stay behind our own login and records',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/protocols/oidc/' },
    to: { path: packageNamed('oidc-provider') },
  },
  {
    name: 'only metrics knows prom-client',
    comment: 'Whoever is measured tells what happened in its own words, and does not wait for who counts it',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/metrics/' },
    to: { path: packageNamed('prom-client') },
  },
  {
    name: 'only store/open names an engine',
    comment: 'An engine proves itself in the contract suite; nobody else may lean on which one it is',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/store/(?:open\\.ts$|sqlite/|mongo/)' },
    to: { path: '^src/store/(?:sqlite|mongo)/' },
  },
  {
    name: 'engines stay apart',
    comment: 'Each engine implements store/port and nothing of the other',
    severity: 'error',
    from: { path: '^src/store/(sqlite|mongo)/' },
    to: { path: '^src/store/(?:sqlite|mongo)/', pathNot: '^src/store/$1/' },
  },
  {
    name: 'the database driver stays in its engine',
    comment: 'A record needs no engine code, and no engine knows a record',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/store/(?:sqlite|mongo)/' },
    to: { path: engines },
  },
  {
    name: 'the store knows no domain',
    comment: 'A document port: names and indexes reach it as declarations',
    severity: 'error',
    from: { path: '^src/store/' },
    to: { path: '^src/', pathNot: '^src/(?:base|store)/' },
  },
  {
    name: 'core, login and SAML know nothing of HTTP or pages',
    comment: 'What is true does not depend on how it is asked; the command line and the tests ask without HTTP',
    severity: 'error',
    from: { path: '^src/(?:core|login|protocols/saml)/' },
    to: { path: httpOrPages },
  },
  {
    name: 'the codecs of SAML know nobody',
    comment: 'XML, signatures, encryption and bindings turn values into strings: who may say what is judged above them',
    severity: 'error',
    from: { path: '^src/protocols/saml/(?:xml|signature|encryption|bindings)/' },
    to: {
      path: '^src/',
      pathNot:
        '^src/(?:base/|protocols/saml/(?:xml|signature|encryption|bindings)/|protocols/saml/(?:names|refusal|base64)\\.ts$)',
    },
  },
  {
    name: 'metadata of services is read from the command line',
    comment:
      'A long document takes a thread for a second: a node that serves would stand still, and needs a worker for it',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(?:cli/|protocols/saml/metadata/)' },
    to: { path: '^src/(?:cli/read-metadata|protocols/saml/metadata/read)\\.ts$' },
  },
  {
    name: 'certificates know no people',
    comment: 'Whether a certificate is good does not depend on whose it is, nor on who asks',
    severity: 'error',
    from: { path: '^src/core/certificates/' },
    to: { path: '^src/', pathNot: '^src/(?:base/|store/port\\.ts$|core/world\\.ts$|core/certificates/)' },
  },
  {
    name: 'the demo services are strangers',
    comment: 'They stand for other institutions: whatever they share with the provider would prove nothing',
    severity: 'error',
    from: { path: '^src/demo/services/' },
    to: { path: '^src/', pathNot: '^src/demo/services/' },
  },
  {
    name: 'the demo starts from its verb only',
    comment: 'Demo people and known passwords must be out of reach of a production start',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/(?:demo/|cli/demo)' },
    to: { path: '^src/demo/' },
  },
];

module.exports = {
  forbidden: [...floorRules, ...partRules],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Type imports count as well: knowing a shape is knowing.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'default'] },
  },
};
