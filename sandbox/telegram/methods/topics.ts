/** createForumTopic. */
import { isGroup } from '../groups.ts';
import { bad } from '../refusal.ts';
import type { Answer } from '../types.ts';
import { failure, findChat, success, textOf } from './call.ts';
import type { MethodCall } from './call.ts';

const blue = 7_322_096;

export function createForumTopic(call: MethodCall): Answer {
  const chat = findChat(call, true);
  if (!chat.ok) return failure(chat);
  if (!isGroup(chat.value) || !chat.value.forum) return failure(bad('the chat is not a forum'));
  if (!chat.value.mayManageTopics) return failure(bad('not enough rights to create a topic'));
  const name = textOf(call, 'name').trim();
  if (name === '') return failure(bad('TOPIC_TITLE_EMPTY'));
  const topic = { id: call.world.nextId(), name };
  chat.value.topics.set(topic.id, topic);
  call.world.touched();
  return success({ message_thread_id: topic.id, name, icon_color: blue });
}
