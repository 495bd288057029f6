/** In a group people talk to each other; what replies to one of our messages is answered, even when it can't be used. */
import assert from 'node:assert/strict';

import type { GroupChat } from '../../sandbox/telegram/index.ts';
import { until } from '../support/until.ts';
import { ownerId, telegramTest } from './telegram-world.ts';

const groupId = -1_001_000_000_500;

const made: { group?: GroupChat } = {};

telegramTest(
  'group: a reply to a message of ours that can’t be used says so, and other talk is left alone',
  async (world) => {
    const member = made.group?.as(world.owner);
    assert.ok(member !== undefined);
    await world.channel.say({ text: 'It went out.', links: [], loud: false, key: '' }, undefined);
    const note = await until(() => member.messages().find(({ from }) => from === 'bot'), 'the note');
    const talk = member.send('Lunch?');
    member.reply(talk, 'Yes, at noon');
    const lost = member.reply(note.id, 'A better text');
    const answer = await until(
      () => member.messages().find(({ replyTo, from }) => from === 'bot' && replyTo === lost),
      'an answer',
    );
    assert.match(answer.text, /I did not use this/);
    assert.equal(member.messages().filter(({ from }) => from === 'bot').length, 2);
  },
  {
    chatId: String(groupId),
    prepare(telegram) {
      // Among all that it hears, the bot has to know what is meant for it.
      made.group = telegram.addGroup({
        id: groupId,
        title: 'Desk',
        members: [telegram.person(ownerId)],
        hearsAll: true,
      });
    },
  },
);
