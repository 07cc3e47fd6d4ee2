import { parseArgs } from 'node:util';

/** Numbers belong to the machine that took them: they are not committed. */
const OUTPUT = 'node_modules/.cache/streamscope/bench.json';

export interface BenchArguments {
  /** Names of benches; empty for all of them. */
  readonly only: readonly string[];
  readonly list: boolean;
  readonly quick: boolean;
  readonly output: string;
}

/** Reads the command line, or says in a line what is wrong with it. */
export function readArguments(
  args: readonly string[],
  names: readonly string[],
): BenchArguments | { readonly error: string } {
  let values: ReturnType<typeof parse>;
  try {
    values = parse(args);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [firstSentence] = error.message.split('. ');
    return { error: `${firstSentence}. There are --only=NAME, --quick, --list and --output=FILE.` };
  }
  const only = (values.only ?? []).flatMap((list) => list.split(','));
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) return { error: `--only=${unknown}: there are ${names.join(', ')}.` };
  return { only, list: values.list, quick: values.quick, output: values.output };
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true },
      list: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      output: { type: 'string', default: OUTPUT },
    },
  }).values;
}
