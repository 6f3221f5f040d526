/** `connections rotate-secret`: a second secret beside the first, so that a service can change over without a break. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration } from '../base/duration.ts';
import { rotateSecret } from '../core/connections/registry.ts';
import { done } from './report.ts';
import { addChangingVerb, onGround, type Run } from './verb.ts';

const words = {
  usage: 'rotate-secret <id>',
  summary: 'make a new client secret; the old one stays good for a while',
  more: 'The new secret is printed here and cannot be shown again.',
  json: '{ connection: { id }, oldSecretEnds, secret? } (no secret in a dry run)',
};

const overlap = new Option('--overlap <duration>', 'how long the old secret stays good: 14d, 12h, 0s')
  .default(14 * 86_400_000, '14d')
  .argParser((text: string) => {
    const length = parseDuration(text);
    if (length === undefined) throw new InvalidArgumentError('Expected a duration such as 14d, 12h or 0s.');
    return length;
  });

export const addConnectionsRotateSecret = (parent: Command, run: Run): Command =>
  addChangingVerb<{ readonly overlap: number }>(
    parent,
    run,
    words,
    (call) =>
      onGround(call, async (world) => {
        const [id = ''] = call.args;
        const secret = await rotateSecret(world, call.actor, id, call.options.overlap);
        const oldSecretEnds = new Date(world.clock.now() + call.options.overlap).toISOString();
        const lines = [
          // A rehearsal's secret was never stored.
          ...(call.isDryRun ? [] : [`${id}: new client secret, shown only now: ${secret}`]),
          `${id}: the old one ends at ${oldSecretEnds} at the latest.`,
        ];
        return done(lines, { connection: { id }, oldSecretEnds, ...(call.isDryRun ? {} : { secret }) });
      }),
    [overlap],
  );
