import { it } from 'node:test';
import { findDovecot } from '../support/dovecot.ts';
import { createDovecotMailWorld, createSandboxMailWorld } from '../support/mail-worlds.ts';
import { watcherContract } from './watcher.contract.ts';

watcherContract('gmail against the stand-in', createSandboxMailWorld);

const dovecot = findDovecot();
if (dovecot === undefined) it('gmail against Dovecot', (t) => t.skip('SKIPPED: no dovecot'));
else watcherContract('gmail against Dovecot', () => createDovecotMailWorld(dovecot));
