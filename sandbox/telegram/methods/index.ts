import {
  deleteWebhook,
  getChat,
  getFile,
  getMe,
  getUpdates,
  getWebhookInfo,
  setMyCommands,
  setWebhook,
} from './bot.ts';
import type { Method } from './call.ts';
import { editMessageCaption, editMessageMedia, editMessageReplyMarkup, editMessageText } from './edit.ts';
import { sendDocument, sendMediaGroup, sendMessage, sendPhoto } from './send.ts';
import { createForumTopic } from './topics.ts';
import { answerCallbackQuery, deleteMessage, sendChatAction, setMessageReaction } from './touch.ts';

const all: Readonly<Record<string, Method>> = {
  getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  setMyCommands,
  sendMessage,
  sendPhoto,
  sendDocument,
  sendMediaGroup,
  sendChatAction,
  setMessageReaction,
  editMessageText,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  deleteMessage,
  answerCallbackQuery,
  getChat,
  getFile,
  createForumTopic,
};

/** Method names are read without regard to case, as the real server does; `name` is the documented spelling. */
export function findMethod(name: string): { readonly name: string; readonly method: Method } | undefined {
  const found = Object.entries(all).find(([known]) => known.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : { name: found[0], method: found[1] };
}
