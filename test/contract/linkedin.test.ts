import { createLinkedinWorld, member, postOf } from '../support/linkedin-world.ts';
import { emptyEffect } from '../../src/domain/effect.ts';
import { executorContract } from './executor.contract.ts';

executorContract('LinkedIn in a browser', async () => {
  const { site, executor, texts, logged, close } = await createLinkedinWorld();
  const effect = postOf('Contract first.\n\nOne post, once. #Countersign');
  return {
    executor,
    effect,
    impossible: [
      postOf('   '),
      postOf('a'.repeat(3001)),
      { ...effect, action: 'article' },
      { ...effect, to: ['someone@example.com'] },
      { ...effect, account: 'other@example.com' },
      { ...effect, media: [{ path: 'a.png', name: 'a.png', sha256: '0'.repeat(64), bytes: 1, type: 'image/png' }] },
      { ...emptyEffect, platform: 'linkedin' },
    ],
    effects: texts,
    contacts: () => site.requests().length,
    breakBefore: () => site.scenario({ network: 'down' }),
    breakAfterSend: () => site.scenario({ publish: 'drop_after_save' }),
    otherLosses: {
      'no answer ever': () => site.scenario({ publish: 'hang' }),
      'an answer that names no post': () => site.scenario({ publish: 'no_id' }),
    },
    mend: () => site.scenario({ network: 'ok', publish: 'ok', session: 'ok' }),
    needLogin: () => {
      site.scenario({ session: 'logged_out' });
      site.scenario({ session: 'checkpoint' });
    },
    canLook: true,
    secrets: [member.password],
    logged,
    close,
  };
});
