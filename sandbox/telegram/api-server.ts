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
    if (answer.ok) conformance.push(...known);
    if (fault?.kind === 'drop_after') return void response.destroy();
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
      else if (file !== undefined) sendFile(response, room, rest);
      else await answerMethod(request, response, url, rest);
      return true;
    },
  };
}

function refuse(response: ServerResponse, call: Recorded, fault: Fault): void {
  const { code, description, html } = statusOf(fault);
  if (html) return gatewayPage(response, code);
  const retryAfter = fault.retryAfter ?? (code === 429 ? 1 : undefined);
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } };
  call.answer = { ok: false, error_code: code, description, ...parameters };
  return reply(response, call.answer);
}

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

/** What an unreadable request gets: no body, and the connection closes. */
function bareStatus(response: ServerResponse, status: number): void {
  response.writeHead(status, { connection: 'close', 'content-length': '0' });
  response.end();
}

function gatewayPage(response: ServerResponse, code: number): void {
  response.writeHead(code, { 'content-type': 'text/html' });
  response.end(`<html><head><title>${code}</title></head><body><h1>${code}</h1></body></html>`);
}

function sendFile(response: ServerResponse, room: Parts['room'], path: string): void {
  const file = room.world.file(path.replace(/^files\//, ''));
  if (file === undefined) return bareStatus(response, 404);
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  response.end(file.upload.bytes);
}
