/** The page: strangers' words stand in elements that keep them apart, and nowhere else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import { warns } from '../../../../src/domain/problem.ts';
import { strange } from '../../../../src/lib/words.ts';
import { accepted, sampleCard } from '../../../support/fake-door.ts';
import { hostileWords } from '../../../support/hostile.ts';
import { undraftedMessage } from '../../../support/undrafted-message.ts';
import { ask, enter, formTokenIn, post } from './web-client.ts';
import { openWeb, sampleAttempt, token } from './web-world.ts';

/** What stands in none of them. The title of a window and a box to write in can't hold elements; there is nothing to follow. */
const plainIn = (page: string): string =>
  page.replaceAll(/<(pre|code|bdi|textarea|title)[ >].*?<\/\1>/gs, '').replaceAll(/<[^>]*>/g, ' ');

const cardOf = (words: string) => ({
  noun: `Draft ${strange(words, 40)}`,
  headline: `${strange(words, 60)} · ${strange(words, 80)}`,
  title: `Draft · ${strange(words, 80)}`,
  standing: `Rejected by ${strange(words, 40)} at 14:02 · ${strange(words, 200)}`,
  fields: [{ id: 'to' as const, label: 'To', value: words }],
  text: words,
  changes: [{ kind: 'added', text: words } as const, { kind: 'removed', text: words } as const],
  candidates: [{ id: '00000000aa', text: words, where: `Line 3. It stands under “${strange(words, 80)}”.` }],
  leftOut: [{ where: 'Line 1', text: words }],
  original: words,
  media: [{ name: words, type: 'image/png', bytes: 1, path: words, sha256: '' }],
  problems: [warns('duplicate', `It is ${strange(words, 80)}.`, `See ${strange(words, 80)}.`)],
  risks: [`It is the first to ${strange(words, 80)}`],
  sure: 'sure0123456789abcdef',
  links: [{ label: 'Open post', url: `https://site.example/${encodeURIComponent(words)}` }],
  file: `Pending_Approval/${words}`,
  set: { id: '00000000aa', words },
  verbs: ['approve', 'edit', 'reject', 'postpone', 'reason'] as const,
});

test('web: strangers’ words stand apart on every page', async () => {
  const world = await openWeb();
  try {
    const cookie = await enter(world.port, token);
    const attempt = sampleAttempt({ evidence: undefined, outcome: 'refused' });
    await fc.assert(
      fc.asyncProperty(hostileWords, async (words) => {
        world.door.put(sampleCard(cardOf(words)));
        world.door.put(sampleCard({ ...cardOf(words), key: 'k3y0000002', mood: 'rejected' }));
        world.door.attemptList = [
          { ...attempt, words: `The server said: ${strange(words, 200)}` },
          {
            ...attempt,
            id: 'attempt2',
            outcome: 'posted',
            evidence: { link: `javascript:${words}`, messageId: words, note: words },
          },
        ];
        world.door.setStatus({
          parts: [
            {
              part: 'gmail',
              standing: 'troubled',
              since: new Date(0),
              lastSuccess: undefined,
              words: `No: ${strange(words, 90)}`,
            },
          ],
        });
        world.files.set('log.txt', Buffer.from(words));
        await world.web.say(
          { text: `Too late for ${strange(words, 80)}.`, links: [], loud: false, key: '' },
          undefined,
        );
        const at = (path: string) => ask(world.port, path, { headers: { cookie } });
        const form = {
          key: 'k3y0000001',
          revision: 'abcdef0123',
          verb: 'reject',
          back: '/',
          form_token: formTokenIn((await at('/')).text),
        };
        world.door.answer(accepted(`Already rejected by ${strange(words, 40)}.`));
        world.door.setUndrafted([
          undraftedMessage(1, { sender: words, subject: words, text: words, file: words, noText: '' }),
          undraftedMessage(2, {
            text: '',
            noText: `The text in ${strange(words, 200)} was changed.`,
            answer: { kind: 'drafted', words: `It has a draft already: ${strange(words, 200)}.` },
          }),
        ]);
        const answered = String((await post(world.port, '/decide', cookie, form)).headers['location']);
        for (const path of [
          answered,
          '/drafts/k3y0000001',
          '/status',
          '/mails',
          '/mails/mail1',
          '/mails/mail2',
          '/runs/attempt1?draft=k3y0000001',
          '/runs/attempt2',
        ]) {
          const { status, text } = await at(path);
          assert.equal(status, 200, path);
          assert.match(text, /evil/i, `${path} shows nothing of it`);
          assert.doesNotMatch(plainIn(text), /evil/i, path);
        }
      }),
      { numRuns: 40 },
    );
  } finally {
    await world.close();
  }
});
