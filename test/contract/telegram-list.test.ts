/**
 * What can go wrong between a thumb and a chat, and the test that shows that it does not. Each line names a file and the
 * title, or the fixed part of it, as it stands there: a test that is renamed or taken out fails this one.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

type Line = readonly [what: string, file: string, title: string];

const way = 'integration/telegram/whole-way.test.ts';
const deaths = 'integration/telegram/deaths.test.ts';
const trouble = 'integration/telegram/trouble.test.ts';
const lost = 'integration/telegram/lost-answers.test.ts';
const of = (name: string) => `contract/telegram-${name}.test.ts`;

const list: readonly Line[] = [
  ['Approve twice', way, 'on Approve twice lets it out once, and the second is told'],
  ['Approve on two devices', way, 'on two devices counts once'],
  ['Approve on two phones at once', 'integration/workflow/races.test.ts', 'two phones approve: it goes out once'],
  ['Approve after a restart', way, 'after a restart counts as before'],
  ['Approve after an edit', way, 'after an edit is refused on the old card, and the new one is below'],
  ['Approve after 151 s', way, '151 seconds before it is heard is lost'],
  ['Approve that lay on record', of('away'), 'that lay on record for an hour'],
  ['forged data', of('chat'), 'chat: button texts that are not ours are answered'],
  ['forged data of later, more, reasons', of('more'), 'a forged tap is refused, a stranger sees nothing'],
  ['a tap by a stranger', 'contract/channel.contract.ts', 'a stranger sees nothing and decides nothing'],
  ['a tap by a stranger, in the real process', 'e2e/linkedin.test.ts', 'refuses a stranger who forges a tap'],
  [
    'reply to all',
    'integration/telegram/reply-all.test.ts',
    'its card names the others, and one tap puts them in copy',
  ],
  [
    'reply to all, broken off',
    'integration/workflow/reply-all.test.ts',
    'is whole or not there after a death at any write',
  ],
  [
    'reply to all, delivered twice',
    'integration/workflow/reply-all.test.ts',
    'counts once when its channel delivers it',
  ],
  [
    'a reply to a mail without a draft, twice',
    'integration/workflow/undrafted-draft.test.ts',
    'comes once, however often',
  ],
  ['a mail without a draft that is hostile', of('mails'), 'mails: what a stranger wrote can neither be tapped'],
  ['edit by reply', of('edits'), 'edits: a reply to the card is a new text'],
  ['edit by quote', of('edits'), 'edits: a quoted part is replaced, only that'],
  ['edit by a corrected message', of('edits'), 'and correcting the reply corrects it'],
  ['correction after the decision', of('edits'), 'edits: a correction after the draft was decided changes nothing'],
  ['a file moved by hand, a tap in flight', way, 'in flight while the file is moved by hand to'],
  ['4,096 emoji', of('odd'), 'odd: 4,096 emoji are shown whole and can be approved'],
  ['<b>&_*[ and a mark in a subject', of('odd'), 'odd: a subject with signs of markup'],
  ['hidden signs in the text', of('odd'), 'odd: the text that leaves is shown to the sign'],
  ['hidden signs, warned of', 'integration/workflow/look.test.ts', 'warns of signs that nobody sees'],
  ['a mail with /pause and links', of('odd'), 'odd: a mail whose body holds a command and links'],
  ['commands change nothing', of('chat'), 'chat: commands tell and never change; pausing is a button'],
  ['a card deleted by the person, with the core', trouble, 'comes anew when the file changes, with the new text'],
  ['a person who blocks the bot, with the core', trouble, 'because the person blocked the bot loses no card'],
  ['two whole products on one token', trouble, 'disturb each other and live, and when one is stopped'],
  ['a send that is never answered', lost, 'to send a card, and it arrived: one message asks'],
  ['the first send after a start, never answered', lost, 'to send the first card after a start, and it arrived'],
  ['a change that is never answered', lost, 'to change a card, and it was not changed'],
  ['a card deleted by the person', of('chat'), 'chat: a card the person deleted is gone; the core sends another'],
  [
    'a person who blocks the bot',
    of('chat'),
    'chat: a blocked bot shows and says everything later, and says so in its health until it is let in again',
  ],
  ['a group that was upgraded', of('chat'), 'chat: a group that got a new id is followed'],
  ['a group that is upgraded between two cards', of('odd'), 'odd: a group that is upgraded between two cards'],
  [
    'edit by photo',
    of('picture-edits'),
    'picture edits: a photo below the card is its picture, whole, with the caption as text',
  ],
  [
    'a caption of 1,025 signs',
    of('photos'),
    'photos: a caption of 1,024 signs is the card, with one more the picture goes above it',
  ],
  [
    'an album that fails in part',
    of('photos'),
    'photos: of an album with one bad item the others are shown, and the bad one bars',
  ],
  ['a topic that was deleted', of('groups-topics'), 'a topic somebody deleted is made anew, and the card comes again'],
  ['429 in the middle of a review', of('odd'), 'odd: a 429 in the middle of a review skips nothing'],
  ['409 by a second process', of('poll'), 'a second program with the same token'],
  ['409 that lasts', of('poll'), 'a lasting conflict is trouble'],
  ['a half-open line', of('odd'), 'odd: a half-open line is given up, and the tap behind it is heard'],
  ['a lost answer after a send', of('chat'), 'chat: after a lost answer a card may be sent again, a note may not'],
  ['a lost answer to a poll', of('poll'), 'lost answers and server faults cost time, not taps'],
  ['kill -9 at each step of polling', deaths, 'loses no tap and lets nothing out twice'],
  ['kill -9 of the real process', 'e2e/operations.test.ts', 'loses nothing: cards, taps made meanwhile'],
  ['kill -9 between store and act', of('poll'), 'what was stored before a crash is acted on after it'],
  ['a card of several messages, broken off', of('long'), 'that broke off half way goes on where it stopped'],
  ['a token that is revoked', of('odd'), 'odd: a token revoked while it runs stops the polling'],
  ['a token that never worked', of('poll'), 'a wrong token is said, and nothing else suffers'],
  ['a clock that jumps', way, 'reaches the record although clocks jump'],
  ['an empty list of lapses', 'contract/telegram-world.ts', 'assert.deepEqual(lapses, [])'],
  ['an empty list of lapses, on the whole way', 'support/chat-world.ts', 'assert.deepEqual(lapses, [])'],
  ['an empty list of lapses, end to end', 'support/product-world.ts', 'assert.deepEqual(lapses, [])'],
];

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
for (const [what, file, title] of list) {
  void test(`telegram list: ${what}`, () => {
    assert.ok(read(file).includes(title), `${file} has no test “${title}”`);
  });
}
