/** How the stand-in behaves. Everything a real site was seen doing, as switches. */
export type Scenario = {
  /** `down`: every connection breaks at once. */
  readonly network: 'ok' | 'down';
  /** `logged_out`: the old cookie counts no more, the form works. `expires`: refused only when publishing. */
  readonly session: 'ok' | 'logged_out' | 'expires' | 'checkpoint' | 'code';
  readonly publish:
    | 'ok'
    | 'slow'
    /** Saved, then the connection breaks: the answer is lost. */
    | 'drop_after_save'
    | 'drop_before_save'
    /** Saved, and the answer never comes. */
    | 'hang'
    | 'too_many'
    | 'refused'
    | 'server_error'
    /** Saved, answered without an id. */
    | 'no_id';
  /** What the composer shows when it opens. */
  readonly composer: 'empty' | 'restored_draft';
  /** `old`: composer in the page itself, opened by a button only. `no_composer`: nothing known is there. */
  readonly ui: 'now' | 'old' | 'no_composer';
  /** `changes_text`: swaps signs while they are entered, so that what stands there is not what was approved. */
  readonly editor: 'honest' | 'changes_text';
  /** A list of hashtags opens over the Post button. */
  readonly popup: boolean;
  /** `wrong`: the browser is logged in as somebody else. */
  readonly account: 'right' | 'wrong';
  readonly language: 'en' | 'de' | 'fi';
  /** Refuses a text that was posted before, as the site does. */
  readonly refusesDuplicates: boolean;
  /** The page itself sends its publish request twice. */
  readonly pressesTwice: boolean;
};

export const calm: Scenario = {
  network: 'ok',
  session: 'ok',
  publish: 'ok',
  composer: 'empty',
  ui: 'now',
  editor: 'honest',
  popup: true,
  account: 'right',
  language: 'en',
  refusesDuplicates: true,
  pressesTwice: false,
};

/**
 * Anchors the stand-in really has, with where and when each was seen at the real site. The executor may use no other:
 * otherwise the two could drift together and prove nothing. `ui` says in which generation they appear.
 */
export const linkedinAnchors: readonly {
  readonly find: string;
  readonly on: 'feed' | 'composer' | 'login' | 'code' | 'profile' | 'activity' | 'published';
  readonly ui: 'now' | 'old' | 'both';
  readonly language: 'en' | 'de' | 'any';
  readonly seen: string;
  readonly when: string;
}[] = [
  anchor('[aria-label="Start a post"]', 'feed', 'now', 'en', 'arcanada-publisher', '2026-08'),
  anchor('role=button[name="Start a post"]', 'feed', 'both', 'en', '67 public repositories', '2026-04'),
  anchor('[aria-label="Beitrag beginnen"]', 'feed', 'now', 'de', 'arcanada-publisher has a German table', '2026-08'),
  anchor('.share-box-feed-entry__trigger', 'feed', 'old', 'any', '49 public repositories', '2025'),
  anchor('#interop-outlet [role="dialog"]', 'composer', 'now', 'any', 'linkedin-mcp-server, webbrain', '2026-09'),
  anchor('[data-test-modal][role="dialog"]', 'composer', 'old', 'any', 'public code', '2025'),
  anchor('.ql-editor[contenteditable="true"]', 'composer', 'both', 'any', '45 public repositories', '2026-04'),
  anchor('role=textbox[name=/^Text editor for creating/]', 'composer', 'both', 'en', '7 public repositories', '2026'),
  anchor('button.share-actions__primary-action', 'composer', 'both', 'any', '39 public repositories', '2026-04'),
  anchor('role=button[name="Post"]', 'composer', 'both', 'en', 'public code', '2026-04'),
  anchor('role=button[name="Posten"]', 'composer', 'both', 'de', 'from memory, not verified', '2025'),
  anchor('h2', 'composer', 'both', 'any', 'public code', '2026'),
  anchor('[role="listbox"]', 'composer', 'both', 'any', 'public code', '2026'),
  anchor('.share-unified-settings-entry-button', 'composer', 'both', 'any', 'from memory, not verified', '2025'),
  anchor('.artdeco-toast-item', 'published', 'both', 'any', 'public code', '2026'),
  anchor('input[name="session_key"]', 'login', 'both', 'any', 'public code', '2026'),
  anchor('#username', 'login', 'both', 'any', 'public code', '2026'),
  anchor('input[name="session_password"]', 'login', 'both', 'any', 'public code', '2026'),
  anchor('#password', 'login', 'both', 'any', 'public code', '2026'),
  anchor('button[type="submit"]', 'login', 'both', 'any', 'public code', '2026'),
  anchor('#input__email_verification_pin', 'code', 'both', 'any', 'public code', '2026'),
  anchor('input[name="pin"]', 'code', 'both', 'any', 'public code', '2026'),
  anchor('main h1', 'profile', 'both', 'any', 'public code', '2026'),
  anchor('[data-urn*="urn:li:activity"]', 'activity', 'both', 'any', 'public code', '2026'),
  anchor('.update-components-text', 'activity', 'both', 'any', 'public code', '2026'),
];

function anchor(
  find: string,
  on: (typeof linkedinAnchors)[number]['on'],
  ui: 'now' | 'old' | 'both',
  language: 'en' | 'de' | 'any',
  seen: string,
  when: string,
) {
  return { find, on, ui, language, seen, when };
}
