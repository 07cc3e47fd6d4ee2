import { defineConfig } from 'vitest/config';

const onNode = (name: string) => ({
  test: { name, environment: 'node' as const, include: [`tests/${name}/**/*.test.ts`] },
});

const report = process.env.STREAMSCOPE_REPORT;

export default defineConfig({
  test: {
    allowOnly: false,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      onNode('unit'),
      onNode('streams'),
      onNode('backend'),
      {
        test: {
          name: 'panels',
          environment: 'happy-dom',
          include: ['tests/panels/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/panels/setup.ts'],
          css: { modules: { classNameStrategy: 'non-scoped' } },
        },
      },
    ],
  },
});
