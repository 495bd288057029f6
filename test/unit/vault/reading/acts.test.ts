/** What is said to one person, or to somebody else's post, never leaves as a post of its own. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { platforms } from '../../../../src/executors/platforms.ts';
import { readDraft } from '../../../../src/vault/reading/read-draft.ts';

const now = new Date('2026-11-28T12:00:00Z');

function read(text: string, name = 'note.md') {
  const { reading } = readDraft(text, name, platforms, now);
  const rules = platforms.find(({ id }) => id === reading.effect.platform);
  const problems = [...reading.problems, ...(reading.kind === 'draft' ? (rules?.check(reading.effect) ?? []) : [])];
  const codes = problems.filter(({ severity }) => severity === 'blocks').map(({ code }) => code);
  return { kind: reading.kind, codes, action: reading.effect.action, target: reading.effect.target, rules };
}

/** Nobody can approve it, and it isn't called what it is not. */
function isHeld(text: string, name?: string) {
  const { kind, codes, action, rules } = read(text, name);
  if (kind !== 'draft') return;
  assert.ok(
    codes.some((code) => ['unknown_action', 'no_target', 'contradiction'].includes(code)),
    `${action} ${codes.join()}: ${text}`,
  );
  if (!codes.includes('contradiction')) assert.notEqual(action, rules?.defaultAction, text);
}

const isFine = (text: string, name?: string) => {
  const { kind, codes } = read(text, name);
  assert.equal(kind, 'draft', text);
  assert.deepEqual(
    codes.filter((code) => code !== 'media_missing'),
    [],
    text,
  );
};

const message = 'status: pending\n---\n\n## Message\n\nHi Ann, thanks for writing.\n';
const post = 'status: pending\n---\n\n## Post\n\nWe are open today.\n';

const others: Readonly<Record<string, readonly string[]>> = {
  linkedin:
    'message messages dm direct_message inmail in_mail connection_request connection invitation invite comment reply response reply_to_comment story reel poll newsletter video document carousel repost share recommendation live job group_post inmail_response outreach note followup_message voice_note mention'.split(
      ' ',
    ),
  instagram: 'message dm story reel comment reply live carousel igtv'.split(' '),
  facebook: 'message dm story reel comment reply live marketplace_listing group_post messenger'.split(' '),
  twitter: 'message dm quote retweet comment reply space mention_reply quote_tweet'.split(' '),
};

describe('a word beside a platform’s name', () => {
  for (const [network, words] of Object.entries(others)) {
    it(`on ${network} is no ordinary post, known or not`, () => {
      for (const word of words) {
        isHeld(`---\ntype: ${network}_${word}\n${message}`);
        isHeld(`---\naction: send_${network}_${word}\n${message}`);
        isHeld(`---\nplatform: ${network}_${word}\n${message}`);
      }
    });
  }

  it('is one in all the ways people write it', () => {
    for (const value of ['LinkedIn Message', 'linkedin-dm', 'linkedinMessage', 'message_linkedin', 'LINKEDIN DM']) {
      isHeld(`---\ntype: ${value}\n${message}`);
    }
  });

  it('that only says it is to be published leaves it a post', () => {
    for (const value of [
      'linkedin',
      'linkedin_post',
      'LinkedIn Post',
      'linkedin-post',
      'linkedin_draft',
      'linkedin_update',
      'linkedin_approval_request',
      'linkedin_post_request',
      'linkedin_scheduled_post',
      'linkedin_thought_leadership',
      'linkedin_company_page_post',
      'linkedin_post_v2',
      'tweet',
      'tweet_draft',
      'x_post',
      'post_x',
      'fb_post',
      'ig_post',
      'instagram_caption',
      'social_media_linkedin_post',
    ]) {
      isFine(`---\ntype: ${value}\n${post}`);
      isFine(`---\naction: ${value}\n${post}`);
    }
  });
});

describe('words in other keys', () => {
  it('count when they name an answer or a message', () => {
    for (const key of [
      'content_type',
      'response_type',
      'message_type',
      'post_type',
      'social_type',
      'reply_type',
      'draft_type',
      'interaction_type',
      'format',
      'type',
      'action',
    ]) {
      for (const value of ['reply', 'comment', 'dm', 'inmail_response', 'connection_request', 'direct message']) {
        isHeld(`---\nplatform: linkedin\n${key}: ${value}\n${message}`);
      }
    }
  });

  it('leave a post that is only about such a thing', () => {
    for (const value of ['achievement', 'success_story', 'event_recap', 'product_launch', 'text/markdown']) {
      isFine(`---\nplatform: linkedin\npost_type: ${value}\n${post}`);
      isFine(`---\nplatform: linkedin\ncontent_type: ${value}\n${post}`);
    }
  });

  it('that publish, draft or post something known do not block', () => {
    for (const value of [
      'draft_social_post',
      'publish_post',
      'post_content',
      'publish_social_media',
      'create_post',
      'schedule_post',
      'review_post',
      'approve_post',
      'publish',
    ]) {
      isFine(`---\nplatform: linkedin\naction: ${value}\n${post}`);
    }
  });
});

describe('what else says that it is no post', () => {
  it('is the name of the file, when nothing in it says otherwise', () => {
    for (const name of [
      'LINKEDIN_MESSAGE_ann.md',
      'LINKEDIN_DM_ann.md',
      'approval_linkedin_message_ann.md',
      'LinkedIn-InMail-Ann.md',
      'INSTAGRAM_STORY_1.md',
      'TWITTER_DM_ann.md',
      'X_REPLY_1.md',
      'LINKEDIN_CONNECTION_REQUEST_a.md',
      'FB_COMMENT_1.md',
    ]) {
      isHeld(`---\n${message}`, name);
    }
    isFine(`---\ntype: linkedin_post\n${post}`, 'LINKEDIN_story_of_our_shop.md');
  });

  it('is the title, a line above the text, or its own heading', () => {
    for (const text of [
      '# LinkedIn Message Draft\n\n## Message\nHi Ann\n',
      '# LinkedIn Response\n\n**Type:** InMail reply\n\n## Draft\nHi Ann\n',
      '---\nplatform: linkedin\n---\n## Draft Reply\nHi Ann\n',
      '---\nplatform: linkedin\n---\n## Comment\nWell said\n',
      '---\nplatform: x\n---\n**Replying to:** @ann, who asked\n\n## Tweet\nWell said\n',
      '---\nplatform: linkedin\n---\n**To:** Ann Lind\n\n## Draft\nHi Ann\n',
    ]) {
      isHeld(text, 'LINKEDIN_1.md');
      isHeld(text.replace('platform: x', 'platform: twitter'), 'note.md');
    }
  });

  it('is a key that names the post it answers; then it is an answer', () => {
    const address = 'https://x.com/ann/status/1234567890';
    for (const key of ['in_reply_to_tweet_id', 'reply_to_url', 'comment_on', 'parent_tweet_id', 'original_tweet_url']) {
      const { action, target, codes } = read(`---\nplatform: twitter\n${key}: ${address}\n---\n## Tweet\nWell said\n`);
      assert.deepEqual([action, target, codes], ['reply', address, []], key);
    }
    const facebook = read(`---\nplatform: facebook\nreply_to_post: 12345678\n${post}`);
    assert.ok(facebook.codes.includes('unknown_action'));
    // The file or the address that is answered is no post.
    for (const value of ['WHATSAPP_1.md', 'ann@example.com']) {
      isFine(`---\nplatform: twitter\nreply_to: ${value}\n${post}`);
    }
  });
});

describe('a second header below the first', () => {
  const second = (matter: string, inner: string) =>
    read(`---\n${matter}\n---\n\n# Draft\n\n---\n${inner}\n---\n\nHello Ann.\n`);

  it('is heard where the first one says nothing of it, and never passed over where it says something else', () => {
    assert.equal(second('status: pending', 'type: linkedin_post').action, 'post_update');
    for (const first of ['status: pending', 'type: linkedin_post', 'platform: linkedin']) {
      for (const inner of ['type: linkedin_message', 'action: linkedin_dm\ncreated: 2026-01-01', 'type: inmail']) {
        const { codes } = second(first, inner);
        assert.ok(codes.length > 0, `${first}, ${inner}`);
      }
    }
    assert.ok(second('type: linkedin_post', 'platform: facebook').codes.includes('contradiction'));
  });

  it('without its rules counts, whatever follows it', () => {
    for (const follows of [
      '\nHello Ann.\n',
      'Hello Ann.\n',
      '## Post\nHello Ann.\n',
      '**Post:**\nHello Ann.\n',
      '> Hello Ann.\n',
    ])
      isHeld(`type: linkedin_message\n${follows}`, 'LINKEDIN_1.md');
  });

  it('in the midst of a text makes us ask', () => {
    const body = 'Hello Ann.\n\ntype: linkedin_message\n\nThanks for writing.';
    assert.equal(read(`---\ntype: linkedin_post\n---\n\n## Post\n\n${body}\n`).kind, 'unclear');
  });

  it('may hold the text, which a person then confirms, with the lines where it stands', () => {
    const { reading } = readDraft(
      '---\nstatus: pending\n---\n# Draft\n\n---\ntype: linkedin_post\ncontent: |\n  Hello there.\n\n  More.\n---\n',
      'note.md',
      platforms,
      now,
    );
    assert.equal(reading.kind, 'unclear');
    if (reading.kind !== 'unclear') return;
    assert.deepEqual(
      reading.candidates.map(({ text, span }) => [text, span.firstLine, span.lastLine]),
      [['Hello there.\n\nMore.', 7, 11]],
    );
  });

  it('below the result of a run is none', () => {
    const { reading } = readDraft(
      '---\nstatus: x\n---\n## Execution Result\n---\ntype: linkedin_post\n---\nHello you.\n',
      'LINKEDIN_1.md',
      platforms,
      now,
    );
    assert.equal(reading.kind, 'not_publishable');
  });
});

describe('a mail', () => {
  const mail = (matter: string) => `---\n${matter}\nto: ann@example.com\nsubject: Hi\n---\n\n## Email Body\n\nHello.\n`;

  it('is sent or answers, in whatever words', () => {
    const sends = ['send_email', 'email_send', 'send', 'draft_email', 'send_gmail', 'send_mail'];
    const answers = ['send_email_reply', 'reply_email', 'draft_email_reply', 'respond_to_email', 'email_response'];
    for (const value of sends) assert.equal(read(mail(`action: ${value}`)).action, 'send', value);
    for (const value of answers) assert.equal(read(mail(`action: ${value}`)).action, 'reply', value);
    for (const value of [...sends, ...answers]) isFine(mail(`action: ${value}`));
    for (const value of ['email_introduction', 'email_followup', 'message', 'note']) isFine(mail(`type: ${value}`));
  });

  it('is neither forwarded nor sorted from here', () => {
    for (const value of ['forward_email', 'email_triage', 'archive_email', 'label_email']) {
      assert.ok(read(mail(`action: ${value}`)).codes.includes('unknown_action'), value);
    }
  });

  it('is known by an address and a subject, wherever they stand; a message to elsewhere is none', () => {
    assert.equal(
      read('# Reply — Hi\n\n**To:** ann@example.com\n**Subject:** Hi\n\n---\n\nHello Ann.\n').rules?.id,
      'mail',
    );
    assert.equal(read('---\ntype: whatsapp_reply\nto: ann@example.com\nsubject: Hi\n---\nHello\n').rules, undefined);
    assert.equal(read('---\nto: ann@example.com\nsubject: Hi\n---\nHello\n', 'REPLY_WHATSAPP_1.md').rules, undefined);
  });
});
