/** The dialogue with the mail server for one mail: everything that can fail before the commit does so before it. */
import type { Outcome } from '../../domain/outcome.ts';
import type { Run } from '../../domain/ports.ts';
import { blocks } from '../../domain/problem.ts';
import { oneLine } from '../../lib/words.ts';
import type { Composed } from './compose.ts';
import { outcomeOf, type Step } from './outcomes.ts';
import { createSmtpSession, type MailServer, type Patience, type SmtpSession } from './smtp.ts';

/** @param signal gives up before the commit; afterwards the mail is finished */
export async function deliver(
  mail: Composed,
  run: Run,
  parts: { readonly server: MailServer; readonly patience: Patience; readonly signal: AbortSignal },
): Promise<Outcome> {
  const { server, patience, signal } = parts;
  const session = await createSmtpSession(server, patience);
  const giveUp = (): void => session.close();
  signal.addEventListener('abort', giveUp, { once: true });
  let step: Step = 'connect';
  try {
    if (signal.aborted) return stopped;
    await session.connect();
    const limit = session.sizeLimit();
    if (limit !== undefined && mail.raw.length > limit) return tooLarge(mail.raw.length, limit);
    step = 'login';
    await session.login();
    run.log(`Logged in at ${server.host}; message ${mail.messageId}, ${mail.raw.length} bytes.`);
    if (run.dryRun) return posted(mail, 'Dry run: nothing was sent.');
    if (signal.aborted) return stopped;
    const answer = await run.commit();
    signal.removeEventListener('abort', giveUp);
    if (answer.kind === 'stop') return { kind: 'retry_later', problem: answer.problem };
    // Told to stop while the commit was asked for: the connection is closed by now.
    if (signal.aborted) return stopped;
    step = 'send';
    return await send(session, server.email, mail);
  } catch (thrown) {
    if (step !== 'send' && signal.aborted) return stopped;
    const outcome = outcomeOf(thrown, step, session.left());
    run.log(`Failed at step ${step}: ${outcome.kind}.`);
    return outcome;
  } finally {
    signal.removeEventListener('abort', giveUp);
    session.close();
  }
}

async function send(session: SmtpSession, from: string, mail: Composed): Promise<Outcome> {
  const info = await session.send(from, mail.recipients, mail.raw);
  const accepted = new Set(info.accepted.map((address) => address.toLowerCase()));
  const refused = mail.recipients.filter((address) => !accepted.has(address.toLowerCase()));
  const note = refused.length === 0 ? '' : ` Refused for: ${refused.join(', ')}.`;
  return posted(mail, `${oneLine(info.response, 200)}${note}`);
}

function tooLarge(bytes: number, limit: number): Outcome {
  const problem = blocks(
    'refused_by_platform',
    `The mail has ${kB(Math.ceil(bytes / 1_000))} as it is sent; the mail server takes at most ${kB(Math.floor(limit / 1_000))}.`,
    'Attach less, shorten it, or send a link.',
  );
  return { kind: 'refused', problem };
}

const kB = (thousands: number): string => `${thousands.toLocaleString('en')} kB`;

const posted = ({ messageId }: Composed, note: string): Outcome => ({
  kind: 'posted',
  evidence: { link: '', messageId, note },
});

export const stopped: Outcome = {
  kind: 'retry_later',
  problem: blocks('stopped', 'Countersign was stopped before the mail left.', 'It is tried again after the start.'),
};
