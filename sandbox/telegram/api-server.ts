/** The HTTP face of the Bot API: paths, tokens, faults, the list of calls and the two verdicts on each. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../src/lib/clock.ts';
import { createFaults, statusOf } from './faults.ts';
import type { Faults } from './faults.ts';
import { createFlood } from './flood.ts';
import type { Flood } from './flood.ts';
import type { MethodCall } from './methods/call.ts';
import { findMethod } from './methods/index.ts';
import type { BotApi } from './spec/bot-api.ts';
import { checkValue } from './spec/check.ts';
import { conformanceOf, typedParameters } from './spec/conformance.ts';
import { receive } from './transport/request.ts';
import type { Answer, Call, Fault } from './types.ts';

export type ApiServer = {
  readonly faults: Faults;
  readonly flood: Flood;
  calls(): readonly Call[];
  conformance(): readonly string[];
  /** False when the path is none of the API's. */
  serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean>;
};

type Parts = {
  readonly api: BotApi;
  readonly token: string;
  readonly clock: Clock;
  readonly room: Omit<MethodCall, 'parameters' | 'gone'>;
};

type Recorded = { -readonly [K in keyof Call]: Call[K] };

const mostCalls = 5000;

export function createApiServer({ api, token, clock, room }: Parts): ApiServer {
  const flood = createFlood(clock);
  const faults = createFaults();
  const calls: Recorded[] = [];
  const conformance: string[] = [];

  const record = (method: string, parameters: Record<string, unknown>): Recorded => {
    const call: Recorded = { method, parameters, answer: undefined, at: clock.now() };
    calls.push(call);
    if (calls.length > mostCalls) calls.shift();
    return call;
  };

  const answerMethod = async (request: IncomingMessage, response: ServerResponse, url: URL, name: string) => {
    const received = await receive(request, url.searchParams);
    if (received.kind === 'unreadable') return bareStatus(response, received.status);
    const found = findMethod(name);
    const call = record(found?.name ?? name, typedParameters(api, found?.name ?? name, received.parameters));
    const leaving = new AbortController();
    response.once('close', () => leaving.abort());
    const fault = faults.next(call.method);
    if (fault?.kind === 'hang') {
      await faults.hang(leaving.signal);
      return void response.destroy();
    }
    if (fault?.kind === 'drop_before') return void response.destroy();
    if (fault?.kind === 'status') return refuse(response, call, fault);
    const known = conformanceOf(api, call.method, received.parameters);
    if (found === undefined) {
      conformance.push(...known);
      call.answer = { ok: false, error_code: 404, description: 'Not Found: method not found' };
      return reply(response, call.answer);
    }
    const whole = { ...room, parameters: received.parameters, gone: leaving.signal };
    const answer = flood.refusal(call.method, call.parameters['chat_id']) ?? (await found.method(whole));
    if (answer.ok) conformance.push(...known, ...lapsesOf(api, call.method, answer.result));
    if (fault?.kind === 'drop_after') return void response.destroy();
    if (fault?.kind === 'garbage') return cutReply(response, answer);
    if (fault?.kind === 'slow') return await slowReply(response, answer, faults.hang(leaving.signal), clock);
    call.answer = answer;
    return reply(response, answer);
  };

  return {
    faults,
    flood,
    calls: () => calls,
    conformance: () => conformance,
    async serve(request, response, url) {
      const path = /^\/(file\/)?bot([^/]*)\/(.*)$/.exec(url.pathname);
      if (path === null) return false;
      const [, file, given = '', rest = ''] = path;
      const refusal = refuseToken(given, token);
      if (refusal !== undefined) reply(response, { ok: false, error_code: 401, description: refusal });
      else if (file !== undefined) await sendFile(response, faults, room, rest);
      else await answerMethod(request, response, url, rest);
      return true;
    },
  };
}

function refuse(response: ServerResponse, call: Recorded, fault: Fault): void {
  const { code, description, html } = statusOf(fault);
  if (html) return gatewayPage(response, code);
  call.answer = { ok: false, error_code: code, description, ...parametersOf(fault, code) };
  return reply(response, call.answer);
}

function parametersOf({ retryAfter, migrateTo }: Fault, code: number): Pick<Refusal, 'parameters'> {
  const seconds = retryAfter ?? (code === 429 ? 1 : undefined);
  if (seconds === undefined && migrateTo === undefined) return {};
  return {
    parameters: {
      ...(seconds === undefined ? {} : { retry_after: seconds }),
      ...(migrateTo === undefined ? {} : { migrate_to_chat_id: migrateTo }),
    },
  };
}

type Refusal = Extract<Answer, { ok: false }>;

/** Our own answers keep to the description too: whoever is tested against them meets what the real server gives. */
const lapsesOf = (api: BotApi, method: string, result: unknown): readonly string[] =>
  checkValue(api, api.methods[method]?.returns ?? [], result, `the answer to ${method}`);

function refuseToken(given: string, token: string): string | undefined {
  if (given === token) return undefined;
  return /^\d{1,20}:[\w-]{10,}$/.test(given) ? 'Unauthorized' : 'Unauthorized: invalid token specified';
}

export function reply(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.headersSent) return;
  const retryAfter = answer.ok ? undefined : answer.parameters?.retry_after;
  response.writeHead(answer.ok ? 200 : answer.error_code, {
    'content-type': 'application/json',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  });
  response.end(JSON.stringify(answer));
}

function cutReply(response: ServerResponse, answer: Answer): void {
  const text = JSON.stringify(answer);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(text.slice(0, Math.ceil(text.length / 2)));
}

/** One byte a second, until the caller gives up or the fault is taken back. */
async function slowReply(response: ServerResponse, answer: Answer, until: Promise<void>, clock: Clock): Promise<void> {
  let at = 0;
  let cancel: () => void = () => undefined;
  const text = JSON.stringify(answer);
  const next = () => {
    response.write(text.charAt(at));
    at += 1;
    cancel = clock.after(1_000, next);
  };
  response.writeHead(200, { 'content-type': 'application/json' });
  next();
  await until;
  cancel();
  response.destroy();
}

/** What an unreadable request gets: no body, and the connection closes. */
function bareStatus(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close', 'content-length': '0' });
  response.end();
}

function gatewayPage(response: ServerResponse, code: number): void {
  response.writeHead(code, { 'content-type': 'text/html' });
  response.end(`<html><head><title>${code}</title></head><body><h1>${code}</h1></body></html>`);
}

/** Downloads know faults too, under the name `download`. */
async function sendFile(response: ServerResponse, faults: Faults, room: Parts['room'], path: string): Promise<void> {
  const fault = faults.next('download');
  if (fault?.kind === 'hang') {
    const leaving = new AbortController();
    response.once('close', () => leaving.abort());
    await faults.hang(leaving.signal);
  }
  if (fault !== undefined)
    return fault.kind === 'status' ? bareStatus(response, fault.code ?? 500) : void response.destroy();
  const file = room.world.fileAt(path);
  if (file === undefined) return bareStatus(response, 404);
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  response.end(file.upload.bytes);
}
