import { imageEndpoint, PICTURES } from '../contract/downloads.ts';
import type { BackendContext } from './context.ts';
import { windowOf } from './downloads.ts';
import { registerEndpoint } from './endpoint-route.ts';
import { readPicture } from './picture-files.ts';
import { problemResponse } from './problem.ts';
import { streamResponse } from './stream-response.ts';

export function registerPictures(context: BackendContext): void {
  registerEndpoint(context, imageEndpoint, async (c, { params: { id }, query: { rate } }) => {
    const picture = await readPicture(id);
    if (picture === null) {
      const detail = `There is no picture ${id}; there are pictures 1 to ${PICTURES.length}.`;
      return problemResponse(404, { detail });
    }
    const { byteLength } = picture;
    // Copies: whoever transfers a chunk elsewhere must not take the rest of the picture along.
    const pictureAt = (offset: number, length: number) => picture.slice(offset, offset + length);
    return streamResponse(
      c,
      {
        mediaType: imageEndpoint.mediaType,
        contentLength: byteLength,
        headers: { 'Content-Disposition': `inline; filename="streamscope-${id}.jpg"` },
      },
      (signal) => windowOf(pictureAt, { offset: 0, length: byteLength, rate }, signal, context.clock),
    );
  });
}
