import type { DownloadChoice } from './downloads-settings.ts';

/** The browser fetches the object URL while the click is handled; it can be let go soon after. */
const REVOKE_AFTER_MS = 10_000;

/** Hands the bytes to the browser as a file to save. */
export function saveFile(
  parts: readonly Uint8Array<ArrayBuffer>[],
  { fileName, mediaType }: Pick<DownloadChoice, 'fileName' | 'mediaType'>,
): void {
  const url = URL.createObjectURL(new Blob([...parts], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_AFTER_MS);
}
