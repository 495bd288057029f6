/** The part of one message that is selected now: { message, quote }, or undefined. */
export function quotedPart(messages) {
  const selection = getSelection();
  if (selection === null || selection.isCollapsed) return undefined;
  const [from, to] = [rowOf(selection.anchorNode), rowOf(selection.focusNode)];
  if (from === undefined || from !== to) return undefined;
  const message = messages.find(({ id }) => `message-${id}` === from);
  const words = selection.toString().trim();
  if (message === undefined || words === '') return undefined;
  // The page breaks lines where blocks begin; the message has its own.
  const pattern = words.split(/\s+/).map(escaped).join('\\s+');
  const quote = new RegExp(pattern, 'u').exec(message.text)?.[0];
  return quote === undefined ? undefined : { message, quote };
}

function rowOf(node) {
  const place = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  return place?.closest?.('.text')?.closest('.row')?.id;
}

const escaped = (word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
