/** The layers of the house: each folder and what of ours it may import. One direction, no cycles. */
const layers = {
  contract: [],
  store: [],
  ui: [],
  streams: ['contract'],
  backend: ['contract'],
  app: ['panels', 'streams', 'store', 'ui', 'contract'],
};

const layerRules = Object.entries(layers).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `src/${layer} may import ${allowed.length > 0 ? allowed.join(', ') : 'nothing'} of ours.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: '^src/', pathNot: [layer, ...allowed].map((name) => `^src/${name}/`) },
}));

module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: 'layer-panels',
      comment: 'A panel imports contract, streams, store, ui and its own folder; never another panel.',
      severity: 'error',
      from: { path: '^src/panels/([^/]+)/' },
      to: {
        path: '^src/',
        pathNot: ['^src/contract/', '^src/streams/', '^src/store/', '^src/ui/', '^src/panels/$1/'],
      },
    },
    {
      name: 'no-circular',
      comment: 'A cycle means two files are one, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'streams-know-no-react',
      severity: 'error',
      from: { path: '^src/(streams|contract)/' },
      to: { path: 'node_modules/(react|react-dom|@mantine|zustand|recharts)/' },
    },
    {
      name: 'node-only-in-the-backend',
      comment: 'Browser code runs without Node.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/backend/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.css', '.json'],
    },
  },
};
