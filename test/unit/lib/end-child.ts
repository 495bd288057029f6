/** Ends itself, while it opens what is named in the way that waits for ever. */
import { open } from 'node:fs/promises';
import { setTimeout as rest } from 'node:timers/promises';
import { endProcess } from '../../../src/lib/end-process.ts';

const [, , pipe] = process.argv;

process.exitCode = 3;
if (pipe !== undefined) void open(pipe, 'r').catch(() => undefined);
await rest(100);
endProcess();
