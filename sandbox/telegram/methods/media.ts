/** Files in calls: by upload or by the id of one sent before, with the limits of the real server. */
import { bad, read } from '../refusal.ts';
import type { Read, Refused } from '../refusal.ts';
import type { Raw } from '../text/entity.ts';
import { isRecord } from '../transport/request.ts';
import type { FileKind, StoredFile } from '../world.ts';
import type { MethodCall } from './call.ts';
import { parseRaw } from './content.ts';

export type GivenMedia = { readonly kind: FileKind; readonly file: StoredFile; readonly raw: Raw };

const largestPhoto = 10 * 1024 * 1024;
const largestFile = 50 * 1024 * 1024;

/** A file by upload (`attach://name`) or by the id of one sent before. */
export function fileOf(call: MethodCall, given: string, kind: FileKind): Read<StoredFile> {
  const name = /^attach:\/\/(.+)$/.exec(given)?.[1];
  const upload = name === undefined ? undefined : call.parameters.files.get(name);
  if (upload !== undefined) {
    return upload.bytes.length === 0 ? bad('file must be non-empty') : read(call.world.addFile(upload, kind));
  }
  // The sandbox never goes out to the network, so it can't have any page.
  if (/^https?:\/\//i.test(given)) return bad('failed to get HTTP URL content');
  const known = call.world.file(given);
  if (known === undefined) {
    return bad("wrong remote file identifier specified: can't unserialize it. Wrong last symbol");
  }
  if (known.kind === kind) return read(known);
  return bad(`can't use file of type ${titled(known.kind)} as ${titled(kind)}`);
}

const titled = (kind: FileKind): string => kind.charAt(0).toUpperCase() + kind.slice(1);

/** What the far side says only when it tries to send the file. */
export function refusedFile({ kind, upload, shape }: StoredFile): Refused | undefined {
  const { bytes, name } = upload;
  const tooBig = (what: string) => bad(`file "${name}" of size ${bytes.length} bytes is too big${what}`);
  if (bytes.length > largestFile) return tooBig('');
  if (kind !== 'photo') return undefined;
  if (bytes.length > largestPhoto) return tooBig(' for a photo');
  if (shape === undefined) return bad('IMAGE_PROCESS_FAILED');
  const { width, height } = shape;
  const fits = width + height <= 10_000 && Math.max(width, height) <= 20 * Math.min(width, height);
  return fits ? undefined : bad('PHOTO_INVALID_DIMENSIONS');
}

/** One InputMedia of an album or an edit. */
export function readInputMedia(call: MethodCall, value: unknown): Read<GivenMedia> {
  const problem = (reason: string) => bad(`can't parse InputMedia: ${reason}`);
  if (!isRecord(value)) return problem('expected an Object');
  const { type, media, caption, parse_mode: mode, caption_entities: entities } = value;
  if (type !== 'photo' && type !== 'document') return problem(`type "${String(type)}" is unknown to the sandbox`);
  if (typeof media !== 'string' || media === '') return problem('media not found');
  const raw = parseRaw(typeof caption === 'string' ? caption : '', typeof mode === 'string' ? mode : '', entities);
  if (!raw.ok) return raw;
  const file = fileOf(call, media, type);
  return file.ok ? read({ kind: type, file: file.value, raw: raw.value }) : file;
}
