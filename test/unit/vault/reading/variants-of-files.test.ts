/** Files of other shapes: headers, pointers, messages, labels, results. */
import { describe } from 'node:test';
import { fm, letter, mail, post, tryVariants } from '../../../support/variants.ts';

describe('a file of another shape', () => {
  tryVariants([
    [
      'a pointer with a preview',
      'X_1.md',
      fm('action: post_x\ndraft_file: Plans/X.md') + `## Preview\n> ${post.replaceAll('\n', '\n> ')}\n`,
      '!pointer',
    ],
    [
      'pointer keys',
      'L.md',
      fm('type: linkedin_post\npost_path: Queue/p.md') + `# LinkedIn Post\n\nRun the poster on the file.\n`,
      '!pointer',
    ],
    [
      'pointer content_ref',
      'L.md',
      fm('platform: linkedin\ncontent_reference: "[[Autumn]]"') + `Publish it.\n`,
      '!pointer',
    ],
    [
      'pointer with own section',
      'L.md',
      fm('platform: linkedin\ndraft_file: Plans/p.md') + `## Post Content\n${post}\n`,
      post,
    ],
    [
      'a header in a quotation: quote header',
      'shop.md',
      `# The shop\n\n> **Platform**: LinkedIn\n> **Status**: draft\n\n---\n\n${post}\n\n---\n\n**First comment:** https://example.com\n`,
      `?${post}`,
    ],
    [
      'text between rules',
      'linkedin_2026.md',
      `# Linkedin Tue\n\n**Slot:** Tuesday\n**Avoids:** jargon\n\n### Voice\n- plain\n\n---\n\n${post}\n\n---\n\n## First comment\nhttps://example.com\n\n---\n\n## Sources (internal only)\n- x\n`,
      post,
    ],
    [
      'a fence right below the front matter: fence',
      'L.md',
      fm('platform: linkedin') + '```\n' + post + '\n```\n\n## Why\n\nBecause it is new.\n',
      post,
    ],
    [
      'a fence right below the front matter: tilde',
      'L.md',
      fm('platform: linkedin') + '~~~text\n' + post + '\n~~~\n\n# Background\n\nlong story\n',
      post,
    ],
    [
      'our own address in from: from own',
      'Email_v.md',
      fm('to: ann@example.com\nfrom: me@example.org\nsubject: Intro') + letter + '\n',
      `?${letter}`,
    ],
    [
      'our own address in from: draft type',
      'E.md',
      fm('type: email_draft\nto: ann@example.com\nfrom: me@example.org\nsubject: Intro') + letter + '\n',
      letter,
    ],
    [
      'in mail watcher',
      'E.md',
      fm('to: me@example.org\nfrom: ann@example.com\nsubject: Intro\nreceived: 2026-01-01') + letter + '\n',
      '!incoming',
    ],
    [
      'in mail headings',
      'e.md',
      '# Mail\n\n## From\nAnn <ann@example.com>\n\n## Subject\nParts\n\n## Date\nMon\n\n## Message\nWhen do they come?\n',
      '!incoming',
    ],
    [
      'in mail bold',
      'e.md',
      '# New Email\n\n**From:** Ann <ann@example.com>\n**Received:** Mon\n\n## Content\nWhen do they come?\n',
      '!incoming',
    ],
    [
      'where it goes: to+subject',
      'reply_ann.md',
      fm('to: ann@example.com\nsubject: Parts') + `## Proposed Reply\n\n${letter}\n`,
      letter,
    ],
    ['where it goes: title', 'post.md', `# LinkedIn Post Draft\n\n${post}\n`, `?${post}`],
    [
      'where it goes: platform line + title',
      'post.md',
      `# LinkedIn Post\n\n**Platform:** LinkedIn\n\n## Content\n\n${post}\n`,
      post,
    ],
    [
      'where it goes: table',
      'post.md',
      `# Launch\n\n| Platform | Facebook |\n|---|---|\n\n## Post Content\n\n${post}\n`,
      `?${post}`,
    ],
    ['where it goes: name second', 'SOCIAL_POST_LINKEDIN_3.md', `## Content\n\n${post}\n`, post],
    ['where it goes: date name', '2026-03-01_linkedin_launch.md', `## Content\n\n${post}\n`, post],
    [
      'a fenced draft in a task',
      'a.md',
      '# Approval Request: x\n\n## Task Summary\nAnswer\n\n## Draft Action\n\n```\n' + letter + '\n```\n',
      `?${letter}`,
    ],
    [
      'a text that begins with a rule',
      'LINKEDIN_1.md',
      '---\nGood morning, our shop has moved\n---\nCome and see it\n',
      '?',
    ],
    ['front matter closed with dots', 'L.md', '---\ntype: linkedin_post\n...\n' + post + '\n', post],
    [
      'front matter whose closing line is glued to words',
      'L.md',
      '---\ntype: linkedin_post\n---x\n' + post + '\n',
      '?',
    ],
    ['no closing', 'L.md', '---\ntype: linkedin_post\n\n' + post + '\n', post],
    // sent
    ['sent status', 'L.md', fm('type: linkedin_post\nstatus: posted') + `## Post\n${post}\n`, `?${post}`],
    ['sent at', 'L.md', fm('type: linkedin_post\nposted_at: 2026-01-01T10:00:00') + `## Post\n${post}\n`, `?${post}`],
    ['sent name', 'LINKEDIN_1-SENT.md', fm('type: linkedin_post') + `## Post\n${post}\n`, `?${post}`],
    ['sent published true', 'L.md', fm('type: linkedin_post\npublished: true') + `## Post\n${post}\n`, `?${post}`],
    [
      'our own stamp alone',
      'L.md',
      fm(
        'type: linkedin_post\nsent_at: 2026-01-01T10:00:00.000Z\nsent_link: https://example.com/1\nsent_log: Logs/runs/1',
      ) + `## Post\n${post}\n`,
      post,
    ],
    [
      'their word beside our own stamp',
      'L.md',
      fm('type: linkedin_post\nposted_at: 2026-01-01T10:00:00\nsent_log: Logs/runs/1') + `## Post\n${post}\n`,
      `?${post}`,
    ],
    [
      'not sent',
      'L.md',
      fm('type: linkedin_post\nstatus: ready_to_be_posted\npublished: false') + `## Post\n${post}\n`,
      post,
    ],
    // orders
    ['order', 'linkedin_t.md', '# Post on LinkedIn\nPublish this on LinkedIn: news are here.\n', '?'],
    ['order de', 'LINKEDIN_t.md', 'Bitte schreibe einen LinkedIn-Post über unsere neue Filiale.\n', '?'],
    // nested header
    [
      'a second header inside',
      'LINKEDIN_1.md',
      fm('type: linkedin_post_approval') +
        `## LinkedIn Post — For Approval\n\n---\ntype: linkedin_post\ntitle: Shop\nscheduled_for: 2026-12-05 09:00\n---\n\n## Headline\nShop\n\n## Content\n${post}\n\n## To Reject\nMove\n`,
      post,
    ],
    [
      'a second header inside: no headings',
      'LINKEDIN_1.md',
      fm('status: pending') + `---\ntype: linkedin_post\ncreated: 2026-01-01\n---\n\n${post}\n`,
      post,
    ],
    // quotes within
    ['closing quote', 'L.md', fm('platform: linkedin') + `## Post\n${post}\n\n---\n\n> “Coffee is a language.”\n`, '?'],
    ['bold closing', 'L.md', fm('platform: linkedin') + `## Post\n${post}\n\n---\n\n**Come by today!**\n`, '?'],
    [
      'label text',
      'X.md',
      fm('platform: x') + `# Tweet\n\n**Text:** "We opened a shop today."\n\n**Characters:** 24\n`,
      '"We opened a shop today."',
    ],
    [
      'label below',
      'X.md',
      fm('platform: x') + `**Topic:** shop\n\nTweet:\nWe opened a shop today.\n\n---\n**Status:** draft\n`,
      'We opened a shop today.',
    ],
    [
      'list body fence',
      'E.md',
      fm('action: send_email') +
        '## Proposed Action\n- To: ann@example.com\n- Subject: Parts\n- Body:\n\n```\n' +
        letter +
        '\n```\n\n## Instructions\nmove\n',
      letter,
    ],
    ['spanish heading', 'E.md', fm(mail) + `## Respuesta propuesta\n\n${letter}\n`, '?'],
    ['german heading', 'E.md', fm(mail) + `## Entwurf\n\n${letter}\n\n## Freigabe\nVerschieben\n`, letter],
    ['whole plain', 'LINKEDIN_p.md', post + '\n', post],
    [
      'whole with tags rule',
      'LINKEDIN_p.md',
      fm('type: linkedin_post') + post + '\n\n---\n\n#coffee #shop\n',
      post + '\n\n---\n\n#coffee #shop',
    ],
  ]);
});
