/** Which part of a file is the text: taken when it is sure, asked about when it is not, never somebody else's. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { platforms } from '../../../../src/executors/platforms.ts';
import { readDraft } from '../../../../src/vault/reading/read-draft.ts';

const now = new Date('2026-02-19T12:00:00Z');
const read = (text: string, name = 'LINKEDIN_post.md') => readDraft(text, name, platforms, now).reading;
const textOf = (text: string, name?: string) => {
  const reading = read(text, name);
  return reading.kind === 'draft' ? reading.effect.text : `(${reading.kind})`;
};
const candidatesOf = (text: string, name?: string) => {
  const reading = read(text, name);
  return reading.kind === 'unclear' ? reading.candidates.map((one) => one.text) : reading.kind;
};

test('the whole post wins over its parts', () => {
  const text =
    '## Headline\nBig\n\n## Body\nSmall\n\n## Full Post (copy this)\n```\nBig\n\nSmall\n```\n\n## Posting Checklist\n- [ ] done\n';
  assert.equal(textOf(text), 'Big\n\nSmall');
});

test('a title above the heading of the text holds only fields', () => {
  const text =
    '# LinkedIn Post Draft\n\n**Created:** today\n**Reviewed by:** Ann\n\n### Topic: Launch\n\n### Content\nHello\n\n---\n\n## Approval\n- [ ] fine\n';
  assert.equal(textOf(text), 'Hello');
});

test('a draft of ours wins over the mail above it, whatever that mail calls its parts', () => {
  const text =
    '---\ntype: email_draft\nto: a@example.com\nsubject: Re\n---\n## Original Email\n\n---\ntype: email\nfrom: b@example.com\n---\n\n## Email Body\nTheir words\n\n## Draft Response\nOur words\n\n## Notes\n- x\n';
  assert.equal(textOf(text, 'EMAIL_1.md'), 'Our words');
});

test('without an original heading a copied-in message is still theirs', () => {
  const text =
    '---\ntype: approval_request\naction: send_email\n---\n## Request\n---\ntype: email\nfrom: b@example.com\nsubject: x\n---\n\n## Email Content\nTheir words\n';
  assert.equal(read(text, 'EMAIL_1.md').kind, 'not_publishable');
});

test('a heading that the answered mail could have brought makes us ask', () => {
  const forged = '## Original Message\nHi\n\n## Draft Reply\nForged\n\n## Draft Reply\nOurs\n';
  assert.deepEqual(candidatesOf(forged, 'EMAIL_1.md'), ['Forged', 'Ours']);
  const later = '## Draft\nOurs\n\n## Original Message\nHi\n\n## Full Post\nForged\n';
  assert.deepEqual(candidatesOf(later, 'EMAIL_1.md'), ['Ours', 'Forged']);
});

test('a reply below a mail that came in is never taken without a question', () => {
  const text =
    '---\ntype: email\nfrom: a@example.com\nto: me@example.com\n---\n## Content\nTheirs\n\n## Draft Reply\nOurs\n';
  assert.equal(read(text, 'EMAIL_1.md').kind, 'unclear');
});

test('our empty place does not make the mail that is answered the text', () => {
  const text =
    '---\naction: send_email\nto: a@example.com\nsubject: x\n---\n## Email Content\nTheirs\n\n## Draft Reply\n\n## Notes\nx\n';
  assert.equal(read(text, 'EMAIL_1.md').kind, 'not_publishable');
});

test('a comment is ours, the post above it somebody else’s', () => {
  const text =
    '---\ntype: linkedin_post\nsource: LinkedIn Feed\n---\n## Post Content\nTheirs\n\n## Generated Engagement Comment\nWell said.\n\n## Tasks\n- x\n';
  assert.equal(textOf(text), 'Well said.');
});

test('a preview counts only when it is of ours and not cut', () => {
  assert.equal(textOf('## Post Preview\nThat is all.\n'), 'That is all.');
  assert.deepEqual(candidatesOf('## Post Preview\nThat is...\n'), ['That is...']);
  assert.deepEqual(candidatesOf('## Preview\nThat is all.\n'), ['That is all.']);
});

test('headings inside a post belong to it when its tags follow', () => {
  const text = '## Post Content\nIntro\n\n## The Story\nMore\n\n#one #two\n\n## To Approve\nMove this file\n';
  assert.equal(textOf(text), 'Intro\n\n## The Story\nMore\n\n#one #two');
});

test('an unknown heading beside the text makes us ask, with and without what follows', () => {
  assert.deepEqual(candidatesOf('## Post Content\nIntro\n\n## The Story\nMore of it\n'), [
    'Intro\n\n## The Story\nMore of it',
    'Intro',
  ]);
});

test('bold sub-headings of a mail do not cut it', () => {
  const text =
    '---\ntype: email_draft\nto: a@example.com\nsubject: Plan\n---\n# Email Draft\n\nHello Ann, here is the plan for the spring.\n\n**Content**\n- three posts\n\n**Next Steps**\n- review\n\nLooking forward to your thoughts on this.\n';
  assert.match(textOf(text, 'EMAIL_1.md'), /^Hello Ann[^]*thoughts on this\.$/);
});

test('fields, remarks, boxes and records around a text stay behind', () => {
  const text =
    '---\ntype: linkedin_post\n---\nHello world\n\n#one\n\n> [!warning] Execution failed: HTTP 403\n\n> [!warning] Execution failed: HTTP 403\n\n## Execution Result\n- failed\n';
  assert.equal(textOf(text), 'Hello world\n\n#one');
  assert.equal(textOf('## Post\nHello\n\n---\n\n**Hashtags:** #a\n'), 'Hello');
  assert.equal(textOf('## Post\n> Hello\n\n*Edit this draft before approving.*\n'), 'Hello');
  assert.equal(textOf('## Post\nHello\n\n<!-- graph -->\nRelated: [[A]] · [[B]]\n'), 'Hello');
});

test('a header without fences is a header', () => {
  const reading = read('To: a@example.com\nSubject: Hi\nPlatform: email\n\nHello Ann\n', 'note.md');
  assert.equal(reading.kind, 'draft');
  assert.deepEqual(reading.effect.to, ['a@example.com']);
  assert.equal(reading.effect.text, 'Hello Ann');
});

test('orders, data and requests are not texts', () => {
  assert.equal(read('---\ntype: linkedin_post\n---\nWrite a LinkedIn post about AI\n').kind, 'unclear');
  assert.equal(read('## Post Content\n{"a": 1}\n').kind, 'unclear');
  assert.equal(read('Please approve the budget.\n', 'budget.md').kind, 'unclear');
});

test('several posts in one file are several questions', () => {
  const text = '# Posts\n\n## Post 1 (Twitter)\nShort\n\n## Post 2 (LinkedIn)\nLonger\n';
  assert.deepEqual(candidatesOf(text, 'social-posts.md'), ['Short', 'Longer']);
});

test('a text said twice, with and without quote marks, is one text; two different ones are a question', () => {
  assert.equal(textOf('---\ndraft_body: Hello you\n---\n## Draft Message\n"Hello you"\n'), '"Hello you"');
  assert.deepEqual(candidatesOf('---\ndraft_body: Hello\n---\n## Draft Message\nBye\n'), ['Bye', 'Hello']);
});

test('every value says where it stands, and so does what stays behind', () => {
  const text =
    '---\nplatform: email\nto: a@example.com\nexpires: 2026-03-01\nnote: mine\n---\n**Subject:** Hi\n\n## Body\n\nHello\n\n## To Approve\nMove this file\n';
  const reading = read(text, 'EMAIL_1.md');
  assert.equal(reading.kind, 'draft');
  if (reading.kind !== 'draft') return;
  assert.deepEqual(
    reading.sources.map(({ name, firstLine, lastLine }) => `${name} ${firstLine}-${lastLine}`),
    ['platform 2-2', 'to 3-3', 'expires 4-4', 'subject 7-7', 'text 11-11'],
  );
  assert.deepEqual(reading.leftOut, [{ firstLine: 14, lastLine: 14, text: 'Move this file' }]);
  assert.equal(reading.expires.slice(0, 7), '2026-03');
});

test('tags kept apart are told', () => {
  const reading = read('## Post Content\nHello #one\n\n## Hashtags\n#One #two\n');
  assert.deepEqual(reading.kind === 'draft' && reading.hashtags, ['#two']);
});

test('a code block that never ends takes nothing with it silently', () => {
  assert.equal(read('## Post\nHello\n```\ncode\n\n## Notes\nmine\n').kind, 'unclear');
  assert.equal(textOf('## Post\nHello\n```\ncode\n```\n\n## Notes\nmine\n'), 'Hello\n```\ncode\n```');
});

test('what waits for approval under a heading is the text; the title of a file is not', () => {
  assert.equal(textOf('# LinkedIn Post - Pending Approval\n\n## Draft Post (for approval)\nHello\n'), 'Hello');
});

test('words of the assistant around its text make us ask', () => {
  for (const text of [
    'Here is a draft reply:\n\nHello Ann',
    'Hello Ann\n\nWould you like me to send this?',
    'Hello\n\nApprove | Reject',
  ]) {
    assert.equal(read(`## Post Content\n${text}\n`).kind, 'unclear', text);
  }
});

test('a heading inside a mail makes us ask, inside a post it may stand', () => {
  const body = 'Hello, these are the figures of the week.\n\n### Remarks\nPlease look at the second table, it is new.';
  assert.equal(read(`---\nto: a@example.com\nsubject: x\n---\n## Email Body\n${body}\n`, 'EMAIL_1.md').kind, 'unclear');
  assert.equal(textOf(`## Post Content\n${body}\n`), body);
});

test('bullets below a last sub-heading may be remarks about the text', () => {
  assert.equal(read('## Post Content\nHello world\n\n### Points covered\n- speed\n- cost\n').kind, 'unclear');
});

test('a text in a key needs something that says where it goes', () => {
  assert.equal(read('---\nmessage: The session expired\n---\n', 'alert.md').kind, 'unclear');
  assert.equal(textOf('---\nparameters:\n  body: Hello\n---\n', 'alert.md'), 'Hello');
});

test('fields below a text that describe it stay behind, unknown ones make us ask', () => {
  assert.equal(textOf('## Post\nHello\n\n**Character count:** 5\n\n**Why this works:** short.\n'), 'Hello');
  assert.equal(textOf('---\ntype: linkedin_post\n---\nHello\n\n**Hashtags:** #x\n**Best hour:** 9am\n'), 'Hello');
  assert.equal(read('## Post\nHello\n\n**Why this works:** short.\n').kind, 'unclear');
  assert.equal(read('## Post\nHello\n\nNote: internal, do not share\n').kind, 'unclear');
});

test('a cut preview beside the whole text in a key asks nothing', () => {
  assert.equal(
    textOf('---\nplatform: linkedin\ncontent: "One two three"\n---\n## Preview\nOne two...\n'),
    'One two three',
  );
});

test('a mail without its text has none', () => {
  const text =
    '---\naction: send_email\nto: a@example.com\nsubject: x\n---\n## Attachment Details\n- one.pdf\n\n## To Approve\nMove it\n';
  assert.equal(read(text, 'EMAIL_1.md').kind, 'not_publishable');
});

test('a word of ours that is only talked about is no heading of a text', () => {
  assert.equal(textOf('## Content\nHello\n\n## Best Time to Post\nTuesday\n'), 'Hello');
});

test('a bold headline begins the text, a heading for something else behind a dividing line ends it', () => {
  const post = '**Big day**\n\nWe open.\n\n#one';
  assert.equal(textOf(`## Content\n${post}\n\n## Image Suggestion\nA photo\n`), post);
  assert.equal(
    textOf('## Draft Post\nHello\n\n---\n\n### Why this works\nIt is short and clear, so people read it.\n'),
    'Hello',
  );
});

test('the title of a file holds no text when a heading below it does', () => {
  const text =
    '---\nto: a@example.com\nsubject: Re\n---\n# Reply to A\n\n## Summary\nThey ask for a price.\n\n## Reply\nIt is 5.\n';
  assert.equal(textOf(text, 'EMAIL_1.md'), 'It is 5.');
});
