/** The publish endpoint of the LinkedIn stand-in, with everything that can go wrong there. */
import { answer, cookiesOf, readText } from './serve.ts';
import { isMember, shown } from './linkedin-site.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Site } from './linkedin-site.ts';
import type { StoredPost } from './linkedin-posts.ts';

const json = (response: ServerResponse, status: number, body: unknown) =>
  answer(response, status, 'application/json', JSON.stringify(body));

const refusal = (message: string, code: string) => ({ data: { errors: [{ message, extensions: { code } }] } });

export async function publish(site: Site, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const body = await readText(request);
  const asked = url.searchParams;
  if (
    asked.get('action') !== 'execute' ||
    !/^voyagerContentcreationDashShares\.[0-9a-f]{32}$/.test(asked.get('queryId') ?? '')
  ) {
    return json(response, 400, { status: 400 });
  }
  if (!isMember(site, request) || site.set.session === 'expires') return json(response, 401, { status: 401 });
  const token = cookiesOf(request).get('JSESSIONID')?.replaceAll('"', '');
  if (token === undefined || request.headers['csrf-token'] !== token) {
    return json(response, 403, { status: 403, message: 'CSRF check failed.' });
  }
  const text = textOf(body);
  if (text === undefined || text.trim() === '') return json(response, 400, { status: 400 });
  if (text.length > 3000) return json(response, 200, refusal('The text is too long.', 'TOO_LONG'));
  const before = site.set.refusesDuplicates ? site.posts.withText(text) : undefined;
  if (before !== undefined) {
    return json(response, 422, refusal(`Content is a duplicate of ${before.urn}`, 'DUPLICATE_POST'));
  }
  return act(site, response, text);
}

async function act(site: Site, response: ServerResponse, text: string): Promise<void> {
  switch (site.set.publish) {
    case 'too_many':
      response.setHeader('retry-after', '900');
      return json(response, 429, { status: 429 });
    case 'refused':
      return json(response, 200, refusal('This post goes against our professional community policies.', 'POLICY'));
    case 'server_error':
      return json(response, 503, { status: 503 });
    case 'drop_before_save':
      response.socket?.destroy();
      return undefined;
    case 'drop_after_save':
      store(site, text);
      response.socket?.destroy();
      return undefined;
    case 'hang':
      store(site, text);
      return undefined;
    case 'no_id':
      store(site, text);
      return json(response, 200, { data: {} });
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return json(response, 200, created(store(site, text)));
    case 'ok':
      return json(response, 200, created(store(site, text)));
  }
}

function store(site: Site, text: string): StoredPost {
  const post = site.posts.publish(text, shown(site).name);
  for (const watcher of site.watchers) watcher.write(`data: ${post.activityUrn}\n\n`);
  return post;
}

// As at the real site: the id sits in a typed reference, and other members' posts may be included beside it.
const created = (post: StoredPost) => ({
  data: {
    data: {
      createContentcreationDashShares: {
        resourceKey: `urn:li:fsd_share:${post.urn}`,
        '*entity': `urn:li:fsd_share:${post.urn}`,
      },
    },
  },
  included: [{ entityUrn: 'urn:li:fsd_share:urn:li:share:7000000000000000001', $type: 'neighbour' }],
});

function textOf(body: string): string | undefined {
  try {
    const parsed = JSON.parse(body) as { variables?: { post?: { commentary?: { text?: unknown } } } };
    const text = parsed.variables?.post?.commentary?.text;
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}
