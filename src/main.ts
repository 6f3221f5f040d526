#!/usr/bin/env node
/** The command line of this process. `bin/sekisho.js` comes first for people, to speak plainly under an older Node. */
import { run } from './cli/run.ts';
import { processTerminal } from './cli/terminal.ts';

process.exitCode = await run(process.argv.slice(2), processTerminal());
