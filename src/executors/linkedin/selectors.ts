/**
 * How LinkedIn's elements are found, as dated facts (see `../browser-ladder.ts`). A test compares this list with what
 * the stand-in declares. Names in other languages are last: ids, classes and roles don't depend on the account.
 */
import type { Anchor, Ladder } from '../browser-ladder.ts';

const at = (find: string, seen: string, when: string): Anchor => ({ find, seen, when });

export const trigger: Ladder = {
  name: 'button that starts a post',
  anchors: [
    at('[aria-label="Start a post"]', 'arcanada-publisher', '2026-08'),
    at('role=button[name="Start a post"]', '67 public repositories', '2026-04'),
    at('[aria-label="Beitrag beginnen"]', 'arcanada-publisher has a German table', '2026-08'),
    at('.share-box-feed-entry__trigger', '49 public repositories; gone where classes are hashed', '2025'),
  ],
};

export const dialog: Ladder = {
  name: 'share box',
  anchors: [
    at('#interop-outlet [role="dialog"]', 'open shadow root; linkedin-mcp-server, webbrain', '2026-09'),
    at('[data-test-modal][role="dialog"]', 'public code, before the shadow root', '2025'),
  ],
};

export const editor: Ladder = {
  name: 'text field of the share box',
  anchors: [
    at('.ql-editor[contenteditable="true"]', '45 public repositories', '2026-04'),
    at('role=textbox[name=/^Text editor for creating/]', '7 public repositories', '2026'),
  ],
};

export const post: Ladder = {
  name: 'Post button',
  anchors: [
    at('button.share-actions__primary-action', '39 public repositories', '2026-04'),
    at('role=button[name="Post"]', 'public code', '2026-04'),
    at('role=button[name="Posten"]', 'from memory, not verified', '2025'),
  ],
};

export const heading: Ladder = { name: 'heading of the share box', anchors: [at('h2', 'public code', '2026')] };

export const suggestions: Ladder = {
  name: 'list of suggestions',
  anchors: [at('[role="listbox"]', 'public code', '2026')],
};

/** Shows who posts and who may see it. Not everywhere: a check only when it is there. */
export const audience: Ladder = {
  name: 'author and audience',
  anchors: [at('.share-unified-settings-entry-button', 'from memory, not verified', '2025')],
};

/** How "everybody" is written there; other languages are not judged. */
export const everybody: Readonly<Record<string, RegExp>> = { en: /\bAnyone\b/, de: /\b[Aa]lle\b/ };

export const loginName: Ladder = {
  name: 'address field of the login form',
  anchors: [at('input[name="session_key"]', 'public code', '2026'), at('#username', 'public code', '2026')],
};

export const loginPassword: Ladder = {
  name: 'password field of the login form',
  anchors: [at('input[name="session_password"]', 'public code', '2026'), at('#password', 'public code', '2026')],
};

export const loginSubmit: Ladder = {
  name: 'button of the login form',
  anchors: [at('button[type="submit"]', 'public code', '2026')],
};

export const codeField: Ladder = {
  name: 'field for a code',
  anchors: [
    at('#input__email_verification_pin', 'public code', '2026'),
    at('input[name="pin"]', 'public code', '2026'),
  ],
};

export const memberName: Ladder = { name: 'name on the profile', anchors: [at('main h1', 'public code', '2026')] };

export const activity: Ladder = {
  name: 'post in the recent activity',
  anchors: [at('[data-urn*="urn:li:activity"]', 'public code', '2026')],
};

export const activityText: Ladder = {
  name: 'text of a post',
  anchors: [at('.update-components-text', 'public code', '2026')],
};

export const ladders: readonly Ladder[] = [
  trigger,
  dialog,
  editor,
  post,
  heading,
  suggestions,
  audience,
  loginName,
  loginPassword,
  loginSubmit,
  codeField,
  memberName,
  activity,
  activityText,
];
