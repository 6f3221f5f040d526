/** Writes the manual of the configuration from the schema. A test keeps config/reference.md equal to this. */
import { type KeyEntry, listKeys } from '../base/document/key-list.ts';
import { settingPrefix } from './environment.ts';
import { configSchema } from './schema.ts';

const introduction = `# Configuration reference

Generated from the schema in src/config; \`npm run generate\` writes it anew. Do not edit.

A value comes from the environment, else from the YAML file, else from its default. The variable of a key is given below
it; letter case does not matter, \`<id>\` stands for an identifier. Text is taken from a variable as it is, everything else is
read as YAML (\`[10.0.0.0/8, 192.0.2.1]\`); an empty variable sets nothing. \`SEKISHO_CONFIG\` names the file.
Unknown keys are errors. \`sekisho check-config\` lists every problem at once.
`;

export function renderReference(): string {
  const entries = listKeys(configSchema);
  const names = [...new Set(entries.map(({ steps }) => steps[0] ?? ''))];
  const isSection = (name: string): boolean => entries.filter(({ steps }) => steps[0] === name).length > 1;
  const single = entries.filter(({ steps }) => !isSection(steps[0] ?? ''));
  const sections = names.filter(isSection).map((name) => {
    const [head, ...rest] = entries.filter(({ steps }) => steps[0] === name);
    return head === undefined ? '' : `## ${name}\n\n${head.meaning}${optionalNote(head)}\n\n${tableOf(rest)}`;
  });
  return `${[`${introduction}\n## At the top\n\n${tableOf(single)}`, ...sections].join('\n')}`;
}

const optionalNote = ({ optional }: KeyEntry): string => (optional ? ' The whole section is optional.' : '');

const tableOf = (entries: readonly KeyEntry[]): string =>
  ['| Key and variable | Value | Default | Meaning |', '|---|---|---|---|', ...entries.map(rowOf), ''].join('\n');

function rowOf(entry: KeyEntry): string {
  const variable = variableOf(entry);
  const names = [entry.path, ...(variable === undefined ? [] : [variable])];
  const cells = [names.map(code).join('<br>'), entry.words, defaultOf(entry), entry.meaning];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function defaultOf({ fallback, optional, conditional, words }: KeyEntry): string {
  if (fallback !== undefined) return code(typeof fallback === 'string' ? fallback : JSON.stringify(fallback));
  if (optional) return 'none';
  if (words.startsWith('a section')) return '';
  return conditional ? 'required there' : '**required**';
}

/** None sets a section as a whole, nor what lies inside a list. */
function variableOf({ steps, isSection }: KeyEntry): string | undefined {
  if (isSection || steps.includes('[]')) return undefined;
  return settingPrefix + steps.map((step) => (step === '<id>' ? step : step.toUpperCase())).join('__');
}

const code = (text: string): string => `\`${text}\``;
