const FOLDERS = '^(bot|cards|dialogs|services|sandbox|bench|test|manifest|scripts)/';

const only = (from, allowed) => ({
  name: `${from}-imports`,
  comment: `${from}/ may import from ${allowed.join(', ')} only`,
  severity: 'error',
  from: { path: `^${from}/` },
  to: { path: FOLDERS, pathNot: allowed.map((folder) => `^${folder}/`) },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: '(main\\.ts|\\.test\\.ts|\\.types\\.ts|\\.d\\.ts|^scripts/|^(sandbox/[^/]+|bot/tab)/public/)',
      },
      to: {},
    },
    only('services', ['services']),
    only('cards', ['cards', 'services']),
    only('dialogs', ['dialogs', 'cards', 'services']),
    only('bot', ['bot', 'dialogs', 'cards', 'services']),
    only('sandbox', ['sandbox']),
    only('bench', ['bench', 'sandbox', 'services']),
    {
      name: 'nobody-imports-measurements',
      severity: 'error',
      from: { pathNot: '^(bench|test)/' },
      to: { path: '^bench/' },
    },
    {
      name: 'cards-take-types-only',
      severity: 'error',
      from: { path: '^cards/' },
      to: { path: '^services/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'services-and-cards-know-no-bot-framework',
      severity: 'error',
      from: { path: '^(services|cards)/' },
      to: { path: 'node_modules/(botbuilder|botframework)' },
    },
    {
      name: 'telemetry-is-loaded-where-it-is-on',
      comment:
        'all but bot/telemetry/sdk.ts speaks to the API of OpenTelemetry; bot/main.ts loads that file when it is told to',
      severity: 'error',
      from: { path: '^(bot|cards|dialogs|services)/', pathNot: '^bot/telemetry/sdk\\.ts$' },
      to: { path: 'node_modules/@opentelemetry/(?!api/)' },
    },
    {
      name: 'nothing-but-the-entry-loads-the-sdk-of-telemetry',
      severity: 'error',
      from: { path: '^(bot|cards|dialogs|services|scripts)/', pathNot: '^bot/main\\.ts$' },
      to: { path: '^bot/telemetry/sdk\\.ts$' },
    },
    {
      name: 'production-code-has-production-dependencies-only',
      severity: 'error',
      from: { path: '^(bot|cards|dialogs|services)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(sandbox/[^/]+|bot/tab)/public/' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
