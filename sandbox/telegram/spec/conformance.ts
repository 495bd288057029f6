/**
 * The second verdict on a call: what the real server lets pass but the documentation does not allow. The server ignores
 * unknown parameters and reads bad numbers as 0, so its answer alone would hide bugs.
 */
import { isRecord, parseJson } from '../transport/request.ts';
import type { Parameter, Parameters } from '../transport/request.ts';
import type { BotApi, Shape } from './bot-api.ts';
import { checkFields } from './check.ts';

/** Parameters with the types the documentation gives them; what can't be read so stays text. */
export function typedParameters(api: BotApi, method: string, parameters: Parameters): Record<string, unknown> {
  const typed: Record<string, unknown> = {};
  for (const [name, parameter] of parameters.fields) {
    const types = api.methods[method]?.fields.find((field) => field.name === name)?.types ?? ['String'];
    typed[name] = parameters.typed ? parameter.value : fromText(parameter.text, types);
  }
  for (const name of parameters.files.keys()) typed[name] ??= `attach://${name}`;
  return typed;
}

function fromText(text: string, types: readonly string[]): unknown {
  if (types.includes('Integer') && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (types.includes('Float') && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (types.includes('Boolean') || types.includes('True')) return text === 'true' || (text === 'false' ? false : text);
  if (types.includes('String')) return text;
  const value = parseJson(text);
  return typeof value === 'object' && value !== null ? value : text;
}

/** What is wrong with a call that the real server would carry out. */
export function conformanceOf(api: BotApi, method: string, parameters: Parameters): readonly string[] {
  const shape = api.methods[method];
  if (shape === undefined) return [`${method}: the stand-in does not know this method`];
  const typed = withoutFileParts(typedParameters(api, method, parameters), shape, parameters);
  const problems = [
    ...checkFields(api, shape, typed, ''),
    ...checkEntities(typed),
    ...lostFiles(parameters),
    ...oddNames(parameters),
  ];
  return problems.map((problem) => `${method}: ${problem}`);
}

/** Files that other parameters point to with `attach://` are no parameters of their own. */
function withoutFileParts(typed: Record<string, unknown>, shape: Shape, { fields, files }: Parameters) {
  const known = new Set(shape.fields.map((field) => field.name));
  return Object.fromEntries(
    Object.entries(typed).filter(([name]) => known.has(name) || fields.has(name) || !files.has(name)),
  );
}

function lostFiles({ fields, files }: Parameters): readonly string[] {
  const texts = [...fields.values()].map((field: Parameter) => field.text).join('\n');
  const direct = new Set(['photo', 'document', 'thumbnail']);
  return [...files.keys()]
    .filter((name) => !direct.has(name) && !texts.includes(`attach://${name}`))
    .map((name) => `file ${name} is not used by any parameter`);
}

/** The name comes unquoted: the server cuts it at a semicolon and decodes it, so only a plain one arrives as it was. */
const oddNames = ({ files }: Parameters): readonly string[] =>
  [...files.values()]
    .filter(({ name }) => !/^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$/.test(name))
    .map(({ name }) => `file name ${JSON.stringify(name)}: should be plain ASCII, like photo.jpg`);

function checkEntities(typed: Readonly<Record<string, unknown>>): readonly string[] {
  const problems: string[] = [];
  for (const name of ['entities', 'caption_entities']) {
    const entities = typed[name];
    if (!Array.isArray(entities)) continue;
    if (entities.length > 100) problems.push(`${name}: ${entities.length} entities, the server keeps 100`);
    if (typed['parse_mode'] !== undefined) problems.push(`${name}: ignored beside parse_mode`);
    for (const entity of entities as unknown[]) {
      if (isRecord(entity) && entity['length'] === 0) problems.push(`${name}: an empty entity is silently left out`);
    }
  }
  return problems;
}
