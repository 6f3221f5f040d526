/** Reads a YAML file and remembers where each value stands in it. */
import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { Path, Problem } from './problem.ts';

export interface YamlFile {
  readonly tree: unknown;
  readonly problems: readonly Problem[];
  /** The place of the value at `path`, or of the nearest thing above it. */
  positionOf(path: Path): string | undefined;
}

export function readYamlFile(file: string): YamlFile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    const problem = { path: '', message: `the file ${reason}`, position: file };
    return { tree: undefined, problems: [problem], positionOf: () => file };
  }
  return parseYaml(text, file);
}

/** `file` is the name that positions carry. */
export function parseYaml(text: string, file: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const placeOf = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  // A warning, such as an unknown tag, means that the value read is not the one meant.
  const problems = [...document.errors, ...document.warnings].map((error) => ({
    path: '',
    message: error.message,
    position: placeOf(error.pos[0]),
  }));
  const positionOf = (path: Path): string | undefined => {
    const offset = offsetOf(document.contents, path);
    return offset === undefined ? file : placeOf(offset);
  };
  if (problems.length > 0) return { tree: undefined, problems, positionOf };
  const tree: unknown = document.toJS();
  if (tree !== null && !isMap(document.contents)) {
    return {
      tree: undefined,
      problems: [{ path: '', message: 'expected keys and values', position: file }],
      positionOf,
    };
  }
  return { tree: tree ?? undefined, problems, positionOf };
}

function offsetOf(contents: Node | null, path: Path): number | undefined {
  let at: unknown = contents;
  let offset: number | undefined;
  for (const step of path) {
    const found = isMap(at)
      ? at.items.find(({ key }) => isScalar(key) && String(key.value) === step)
      : isSeq(at) && typeof step === 'number'
        ? { key: at.items[step], value: at.items[step] }
        : undefined;
    if (!found || !isNode(found.key) || !found.key.range) return offset;
    offset = found.key.range[0];
    at = found.value;
  }
  return offset;
}
