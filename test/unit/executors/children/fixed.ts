/** A child without a browser: does what the text of the effect says. */
import type { ToChild, ToParent } from '../../../../src/executors/browser-protocol.ts';

const say = (message: ToParent) => process.send?.(message);
let text = '';

process.on('message', (raw) => {
  const message = raw as ToChild;
  if (message.kind === 'end') process.disconnect();
  if (message.kind === 'order' && message.order.kind === 'carry_out') {
    text = message.order.effect.text;
    if (text === 'die at once') process.exit(1);
    if (text === 'show environment') {
      say({ kind: 'log', line: JSON.stringify(process.env) });
      say({ kind: 'done', answer: { kind: 'confirmation', confirmation: { kind: 'cannot_tell', why: '' } } });
    } else if (text !== 'hang') say({ kind: 'commit' });
  }
  if (message.kind === 'commit_answer') {
    if (text === 'die after commit') process.exit(1);
    if (text === 'hang after commit') return;
    say({ kind: 'log', line: message.answer.kind });
    say({ kind: 'done', answer: { kind: 'confirmation', confirmation: { kind: 'cannot_tell', why: '' } } });
  }
});
