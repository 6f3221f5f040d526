/** Writes docs/command-line.md from the verbs themselves: what --help says of each, one after the other. */
import type { Command } from 'commander';

const introduction = `# Command line

Generated from the verbs in src/cli; \`npm run generate\` writes it anew. Do not edit.

\`npx sekisho <verb>\`. The configuration is the file of \`--config\`, else that of \`SEKISHO_CONFIG\`, else \`config/sekisho.yaml\`.
Every act goes into the audit trail under the name that the operating system gives you.

| exit code | |
|---|---|
| 0 | done |
| 1 | refused, or failed; why is on standard error |
| 2 | the command line was not understood, or names no configuration |

With \`--json\` a verb prints one document on standard output: \`ok\`, \`dryRun: true\` in a rehearsal, and what stands under JSON
below. When \`ok\` is false it holds \`problems: [{ path, message, position? }]\` for a document or a configuration, or
\`error: { code, message, facts }\`; codes do not change with the language, messages do (\`LANG\`). Fields may be added, and are
not taken away. \`--dry-run\` runs every check and writes nothing; a new store and its keys are made all the same.
`;

export function renderCommandLine(program: Command): string {
  const verbs = leavesOf(program).map(({ name, command }) => {
    const help = command.helpInformation().trimEnd();
    return `## ${name}\n\n\`\`\`text\n${help}\n\`\`\`\n`;
  });
  return [introduction, ...verbs].join('\n');
}

interface Leaf {
  readonly name: string;
  readonly command: Command;
}

const leavesOf = (command: Command, above: readonly string[] = []): readonly Leaf[] =>
  command.commands.length === 0
    ? [{ name: above.join(' '), command }]
    : command.commands.flatMap((child) => leavesOf(child, [...above, child.name()]));
