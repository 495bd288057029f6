import type { Logger } from '../../lib/logger.ts';
import { messageOf } from '../../lib/words.ts';

/**
 * A logger that names the chat before each line and never writes its secret: request addresses may contain it, and errors
 * of the network quote addresses. A cause is written as one line, so that no stack or inner error slips through.
 *
 * @param chat.label for people
 * @param chat.secret the part of the token that is kept secret, as it stands in addresses; empty: there is none
 */
export function createChatLogger(logger: Logger, chat: { readonly label: string; readonly secret: string }): Logger {
  const { label, secret } = chat;
  const line = (message: string) => `${label}: ${secret === '' ? message : message.replaceAll(secret, '***')}`;
  return {
    debug: (message) => {
      logger.debug(line(message));
    },
    info: (message) => {
      logger.info(line(message));
    },
    warn: (message) => {
      logger.warn(line(message));
    },
    error: (message, cause) => {
      logger.error(line(cause === undefined ? message : `${message} ${messageOf(cause)}`));
    },
  };
}
