/** Largest draft, in bytes; larger ones are reported, not read. */
export const largestDraft = 1_048_576;
/** Largest media file that is hashed. */
export const largestMedia = 256 * 1_048_576;
