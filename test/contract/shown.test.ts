/** Each channel as a person looks at it: the phone, the page, the terminal. */
import assert from 'node:assert/strict';

import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import { decodeWish } from '../../src/bot/chat/buttons/action.ts';
import { decideOne, showPending } from '../../src/cli/ask.ts';
import type { Print } from '../../src/cli/print.ts';
import type { Card } from '../../src/domain/card.ts';
import { ask, enter } from '../integration/bot/web/web-client.ts';
import { openWeb, token } from '../integration/bot/web/web-world.ts';
import { createNotedHome } from '../integration/cli/noted-home.ts';
import { bytesOf } from '../support/odd-effects.ts';
import { until } from '../support/until.ts';
import { shownContract } from './shown.contract.ts';
import type { Looker, Screen } from './shown.contract.ts';
import { createTelegramWorld } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

/** Signs that a screen names stand there again. */
const unspelled = (text: string): string =>
  text.replaceAll(/‹U\+([0-9A-F]{4,6})›/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));

/** Telegram makes a blank of a tab; letters and their marks may come as one sign. */
const asTelegram = (text: string): string => text.normalize('NFC').replaceAll('\t', ' ');

const passages = ({ text, entities }: SeenMessage, ...types: readonly string[]): readonly string[] =>
  entities
    .filter(({ type }) => types.includes(type))
    .map(({ offset, length }) => text.slice(offset, offset + length))
    .map((one) => asTelegram(unspelled(one)));

/** Where one passage ends and the next begins. */
const seam = '\u0003';

/** Whether a text can be read in these passages, one after the other; where one ends, blanks are lost. */
function reads(all: readonly string[], text: string): boolean {
  const whole = all.map((one) => one.replaceAll(/^[ \n]+|[ \n]+$/g, '')).join(seam);
  const wanted = text.replaceAll(/^[ \n]+|[ \n]+$/g, '');
  for (let from = whole.indexOf(wanted[0] ?? ''); from >= 0; from = whole.indexOf(wanted[0] ?? '', from + 1)) {
    if (readsFrom(whole, from, wanted)) return true;
  }
  return false;
}

function readsFrom(whole: string, from: number, wanted: string): boolean {
  let at = 0;
  for (let place = from; at < wanted.length; place += 1) {
    if (whole[place] === seam) while (/[ \n]/.test(wanted[at] ?? '')) at += 1;
    else if (whole[place] === wanted[at]) at += 1;
    else return false;
  }
  return true;
}

function seenOn(messages: readonly SeenMessage[]): Screen {
  const blocks = messages.flatMap((message) => passages(message, 'blockquote'));
  const values = messages.flatMap((message) => passages(message, 'code'));
  const buttons = messages.flatMap((message) => message.buttons.flat());
  return {
    offersApprove: buttons.some(({ data }) => {
      const wish = data === undefined ? undefined : decodeWish(data);
      return wish?.kind === 'draft' && wish.verb === 'approve';
    }),
    // Above the card a long list of values is one block, or several.
    holdsLine: (value) => values.some((one) => one.includes(asTelegram(value))) || reads(blocks, asTelegram(value)),
    holdsText: (text) => reads(blocks, asTelegram(text)),
    text: unspelled(messages.map(({ text }) => text).join('\n')),
  };
}

const put = (world: TelegramWorld, card: Card): void => {
  world.door.put(card);
  for (const [at, { path }] of card.media.entries()) world.files.set(path, bytesOf(at));
};
const botMessages = (world: TelegramWorld): readonly SeenMessage[] =>
  world.owner.messages().filter(({ from }) => from === 'bot');

async function onThePhone(): Promise<Looker> {
  const world = await createTelegramWorld({ digestFrom: 0 });
  return {
    async look(card) {
      const before = new Set(botMessages(world).map(({ id }) => id));
      put(world, card);
      const result = await world.channel.show(card, undefined);
      assert.equal(result.kind, 'shown', JSON.stringify(result));
      const messages = botMessages(world).filter(({ id }) => !before.has(id));
      const screen = seenOn(messages);
      const files = messages.filter(({ file }) => file !== undefined).length;
      if (screen.offersApprove) assert.equal(files, card.media.length, 'every file is shown');
      world.door.remove(card.key);
      return screen;
    },
    close: () => world.close(),
  };
}

async function inAReview(): Promise<Looker> {
  const world = await createTelegramWorld({ digestFrom: 0 });
  return {
    async look(card) {
      const before = new Set(botMessages(world).map(({ id }) => id));
      put(world, card);
      world.owner.send('/next');
      const message = await until(
        () => botMessages(world).find(({ id, text }) => !before.has(id) && text.startsWith('1 of 1')),
        'a review',
      );
      world.door.remove(card.key);
      return seenOn([message]);
    },
    close: () => world.close(),
  };
}

const readable = (markup: string): string =>
  markup
    .replaceAll(/<(?:textarea|script|style)[ >].*?<\/(?:textarea|script|style)>/gs, '')
    // What a browser takes away: the break at the beginning of a preformatted block.
    .replaceAll(/(<pre[^>]*>)\n/g, '$1')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

async function onThePage(): Promise<Looker> {
  const world = await openWeb();
  const cookie = await enter(world.port, token);
  return {
    async look(card) {
      world.door.put(card);
      const { text: page } = await ask(world.port, '/', { headers: { cookie } });
      world.door.remove(card.key);
      const article = /<article.*<\/article>/s.exec(page)?.[0] ?? '';
      const text = readable(article);
      return {
        offersApprove: /value="approve"/.test(article),
        holdsLine: (value) => text.includes(value),
        holdsText: (value) => text.includes(value),
        text,
      };
    },
    close: () => world.close(),
  };
}

/** A running Countersign as the command line sees it, with one draft. */
async function inTheTerminal(): Promise<Looker> {
  const world = await openWeb();
  let leave: () => void = () => undefined;
  const { settings } = createNotedHome({ after: (end) => void (leave = end as () => void) }, { url: world.base });

  /** @returns what stood there when it was decided, or at the end */
  async function printed(work: (print: Print) => Promise<unknown>) {
    const lines: string[] = [];
    let before: string | undefined;
    const taps = world.door.taps.length;
    await work({
      line: (text) => {
        if (world.door.taps.length > taps) before ??= lines.join('\n');
        lines.push(text);
      },
      problem: (what, remedy) => void lines.push(what, remedy),
      onScreen: true,
    });
    return { all: lines.join('\n'), before: before ?? lines.join('\n') };
  }

  return {
    async look(card) {
      world.door.put(card);
      const taps = world.door.taps.length;
      const { before, all } = await printed((print) => decideOne(settings, 'approve', [card.key], print));
      const offersApprove = world.door.taps.length > taps;
      const list = (await printed((print) => showPending(settings, undefined, print))).all;
      const one = (await printed((print) => showPending(settings, card.key, print))).all;
      world.door.remove(card.key);
      // Nothing may move the cursor or hide a line.
      assert.doesNotMatch(all + list + one, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      // Also what can be approved only after a second look is printed whole before.
      const [text, inList, alone] = [before, list, one].map((words) =>
        unspelled(words.replaceAll(/^ {12}(?:│ )?/gm, '')),
      );
      const holds = (value: string) =>
        alone?.includes(value) === true &&
        text?.includes(value) === true &&
        (!offersApprove || inList?.includes(value) === true);
      return { offersApprove, holdsLine: holds, holdsText: holds, text: all };
    },
    async close() {
      leave();
      await world.close();
    },
  };
}

const short = ['a short mail', 'a subject of 500 signs', 'a thread of three posts', 'signs nobody sees'] as const;
const longer = [
  '26 recipients',
  '120 recipients in three lines',
  'a text of 30,000 signs',
  'twenty files with long names',
] as const;

shownContract({ name: 'telegram', open: onThePhone, runs: 80, offers: [...short, ...longer] });
shownContract({ name: 'telegram, in a review', open: inAReview, runs: 60, offers: [...short, '26 recipients'] });
shownContract({ name: 'web', open: onThePage, runs: 100, offers: [...short, ...longer, 'a text of 60,000 signs'] });
shownContract({ name: 'command line', open: inTheTerminal, runs: 100, offers: [...short, '26 recipients'] });
