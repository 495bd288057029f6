/** Strangers' words in the bot's own voice: in nothing it says, anywhere on the way of a draft, can they be tapped. */
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';

import * as fc from 'fast-check';

import type { SeenMessage } from '../../../sandbox/telegram/index.ts';
import type { Entity } from '../../../sandbox/telegram/text/entity.ts';
import { blocks } from '../../../src/domain/problem.ts';
import { strange } from '../../../src/lib/words.ts';
import { createChatWorld } from '../../support/chat-world.ts';
import type { ChatWorld } from '../../support/chat-world.ts';
import { sends } from '../../support/fake-executor.ts';
import { assertUntappable, hostileName, hostileWords } from '../../support/hostile.ts';
import { until } from '../../support/until.ts';
import { hasButton, once, says } from './chat-steps.ts';

/** Every message the bot sent or changed, as Telegram keeps it, and every toast and button. */
function saidBy({ telegram }: ChatWorld): { messages: readonly SeenText[]; plain: readonly string[] } {
  const results = telegram
    .calls()
    .flatMap(({ answer }) =>
      answer?.ok === true ? (Array.isArray(answer.result) ? answer.result : [answer.result]) : [],
    )
    .filter((result): result is Sent => typeof result === 'object' && result !== null && 'message_id' in result);
  const messages = results.flatMap(({ text, caption, entities, caption_entities: inCaption }) =>
    text === undefined && caption === undefined
      ? []
      : [{ text: text ?? caption ?? '', entities: entities ?? inCaption ?? [] }],
  );
  const toasts = telegram
    .calls('answerCallbackQuery')
    .map(({ parameters }) => JSON.stringify(parameters['text'] ?? ''));
  const buttons = telegram.calls().map(({ parameters }) => JSON.stringify(parameters['reply_markup'] ?? ''));
  return { messages, plain: [...toasts, ...buttons] };
}

type SeenText = { readonly text: string; readonly entities: readonly Entity[] };
type Sent = {
  readonly message_id: number;
  readonly text?: string;
  readonly caption?: string;
  readonly entities?: readonly Entity[];
  readonly caption_entities?: readonly Entity[];
};

function check(world: ChatWorld): void {
  const { messages, plain } = saidBy(world);
  assert.ok(messages.length > 10, 'it said next to nothing');
  for (const message of messages) assertUntappable(message);
  for (const words of plain) assert.doesNotMatch(words, /[\u2066-\u2069]/, 'what can’t be set apart there is plain');
}

const quoted = (value: string): string => JSON.stringify(value);

async function createHostile(t: TestContext, words: string): Promise<{ world: ChatWorld; name: string }> {
  const world = await createChatWorld(t, { holdSeconds: 60 }, { ownerName: hostileName(words) });
  await world.listens();
  return { world, name: hostileName(words) };
}

const cardWith = (world: ChatWorld, words: string, label: string): Promise<SeenMessage> =>
  once(world, words, (message) => message.text.includes(words) && hasButton(message, label));

/** The card when this button is there, pressing another for it: a card that is drawn anew has its own buttons again. */
const turned = (world: ChatWorld, card: SeenMessage, press: string, wanted: string): Promise<SeenMessage> =>
  until(async () => {
    const now = world.said().find(({ id }) => id === card.id);
    if (now === undefined || hasButton(now, wanted)) return now;
    if (hasButton(now, press)) await world.press(now, press);
    await world.pass(100);
    return undefined;
  }, `the card has ${wanted}`);

/** Says something to the bot and waits for its answer. */
async function tell(world: ChatWorld, words: string): Promise<void> {
  const before = world.said().length;
  world.owner.send(words);
  await until(async () => {
    await world.pass(100);
    return world.said().length > before;
  }, `an answer to ${words}`);
}

/** Everything a file can say, said by somebody who means no good. */
const badFile = (words: string) => `---
platform: ${quoted(words)}
action: ${quoted(words)}
to: ${quoted(words)}
subject: ${quoted(words)}
attachments: [${quoted(words)}, ${quoted(hostileName(words))}]
scheduled: ${quoted(words)}
set: ${quoted(words)}
hashtags: ${quoted(words)}
---

## Draft for {{${hostileName(words)}}}

A text.
`;

/** Without what is remarked: a draft with a remark is decided by itself. */
const seen = (words: string): string => words.replaceAll(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\n]/g, ' ');

/** No file of a draft may have a colon in its name, nor begin with a dot. */
const fileName = (words: string): string => `f ${hostileName(words).replaceAll(/[:\u0000-\u001f]/g, '')}`.trim();

const mail = (words: string, text: string, to = 'ann@evil.example') => `---
type: email
to: ${to}
subject: ${quoted(words)}
attachments: [${quoted(fileName(words))}]
idea: ${quoted(`Idea ${words}`)}
---

## Email Body

${text}
`;

describe('strangers’ words', () => {
  const runs = { numRuns: 3, endOnFailure: true } as const;

  it('can’t be tapped on cards, in questions, results, lists and histories', async (t) => {
    await fc.assert(
      fc.asyncProperty(hostileWords, async (words) => {
        const { world, name } = await createHostile(t, words);
        world.write(`Media/${fileName(words)}`, 'A file.');
        world.write(`Pending_Approval/D ${name}/Zz ${name}.md`, badFile(words));
        world.write(`Pending_Approval/EMAIL_${name}.md`, mail(words, 'The first text.'));
        world.write(`Pending_Approval/EMAIL_2${name}.md`, mail(words, 'The first text.'));
        symlinkSync('/nowhere', join(world.vaultPath, 'Pending_Approval', `LINK_${name}.md`));
        await world.rescan();
        await says(world, /I can’t take/);
        await once(world, 'the odd file', ({ text }) => text.startsWith('Draft · '));

        // The other one would do the same, and says so; from then on its card stays as it is.
        const card = await says(world, /Exactly this waits a second time/);
        for (const label of ['Full text', 'History', 'File']) {
          const before = world.said().length;
          await world.press(await turned(world, card, 'More', label), label);
          await until(() => world.said().length > before, label);
        }
        await world.press(await turned(world, card, 'More', 'Back'), 'Back');
        await world.press(await turned(world, card, 'Later', 'At another time'), 'At another time');
        const when = await says(world, /for when\?/);
        world.owner.reply(when.id, '23:59');
        const really = await says(world, /^Really\?/);
        await world.press(really, 'Yes, approve');
        await cardWith(world, 'goes out at', 'Undo');
        await says(world, /Exactly this is about to leave/);
        for (const command of ['/pending', '/status', '/recent', '/failed', '/settings', '/next', '/help'])
          await tell(world, command);
        check(world);
      }),
      runs,
    );
  });

  it('can’t be tapped in what is said of edits, rejections, sets and what went wrong', async (t) => {
    await fc.assert(
      fc.asyncProperty(hostileWords, async (words) => {
        const { world, name } = await createHostile(t, words);
        await world.wroteFirst('<1@evil.example>', 'ann@evil.example');
        const post = `---\ntype: linkedin_post\nidea: ${quoted(`Idea ${seen(words)}`)}\n---\n\n## Post Content\n\nA post.\n`;
        const answer = mail(seen(words), 'An answer.')
          .replace('type: email', 'type: email\nin_reply_to: "<1@evil.example>"')
          .replace(/^attachments.*\n/m, '');
        world.write(`Pending_Approval/LINKEDIN_${name}.md`, post);
        world.write(`Pending_Approval/EMAIL_${name}.md`, answer);
        await world.rescan();
        await says(world, /^One idea, 2 platforms/);

        // A new text, asked for and sent; then one that answers nothing.
        await world.press(await cardWith(world, 'A post.', 'Edit'), 'Edit');
        await says(world, /^New text for/);
        await tell(world, 'A better post.');
        await world.press(await says(world, /^Use this as the new text/), 'Yes');
        const better = await cardWith(world, 'A better post.', 'Reject');
        await world.press(better, 'Reject');
        const rejected = await cardWith(world, 'Rejected by', 'Write why');
        world.owner.reply(rejected.id, words);
        await says(world, /Rejected by[^]*·/);
        await tell(world, '/recent');

        const refuses = async () => ({
          kind: 'refused' as const,
          problem: blocks('refused_by_platform', `The mail server refused it: ${strange(words, 200)}`, 'Change it.'),
        });
        world.mailer.next(refuses, sends);
        await world.press(await cardWith(world, 'An answer.', 'Approve'), 'Approve');
        await world.pass(61_000);
        await says(world, /did not go out/);
        await tell(world, '/failed');
        await world.press(await cardWith(world, 'Did not go out', 'Try again'), 'Try again');
        await world.pass(2_000);
        await says(world, /Sent to/);
        await tell(world, '/status');
        check(world);
      }),
      runs,
    );
  });
});
