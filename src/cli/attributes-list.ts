/** `attributes list`: what services may be told of people, and under which names. Opens nothing. */
import type { Command } from 'commander';
import { definitionsOf } from '../core/attributes/attributes.ts';
import type { AttributeDefinition } from '../core/attributes/definition.ts';
import { chosenConfig } from './chosen-config.ts';
import { done, problemsReport } from './report.ts';
import { tableOf } from './table.ts';
import { addVerb, type Run } from './verb.ts';

const words = {
  usage: 'list',
  summary: 'list the attributes that services may be told of, and their names in the protocols',
  more: 'The first column is what a connection writes under release. The definitions are those of the configuration: presets and own.',
  json: '{ attributes: [{ name, source, label, saml?, claim?, scope?, … }] } (each as in the configuration)',
};

export const addAttributesList = (parent: Command, run: Run): Command =>
  addVerb(parent, run, words, async ({ terminal, options }) => {
    const { loaded } = chosenConfig(terminal, options.config);
    if (!loaded.ok) return problemsReport(loaded.problems, 'the configuration cannot be used');
    const { presets, definitions } = loaded.config.attributes;
    const attributes = [...definitionsOf(presets, definitions)].map(([name, definition]) => ({ name, ...definition }));
    const rows = attributes.map((one) => [one.name, one.label.en, samlText(one), one.claim ?? '', one.scope ?? '']);
    return done([tableOf(['attribute', 'what it is', 'in SAML', 'claim', 'scope'], rows)], { attributes });
  });

const samlText = ({ saml }: AttributeDefinition): string => saml?.friendlyName ?? saml?.name ?? '';
