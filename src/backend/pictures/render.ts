import { argv, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { PICTURES } from '../../contract/downloads.ts';
import { aurora } from './aurora.ts';
import { julia } from './julia.ts';
import { develop, type Painting } from './painting.ts';
import { ridges } from './ridges.ts';

/**
 * Draws the pictures anew: `npx tsx src/backend/pictures/render.ts`, with the IDs to draw if not all of them. The files
 * are committed; this says how they came to be.
 */

/** Smooth skies take few bytes; they get the finest steps, so that each file is long enough to be seen building up. */
const PAINTINGS: Readonly<Record<(typeof PICTURES)[number]['id'], { painting: Painting; quality: number }>> =
  {
    1: { painting: ridges, quality: 96 },
    2: { painting: julia, quality: 93 },
    3: { painting: aurora, quality: 93 },
  };

/** Progressive, in mozjpeg's order of scans: a coarse whole first, then finer and finer. */
const JPEG = { progressive: true, mozjpeg: true, chromaSubsampling: '4:4:4' } as const;

const wanted = argv.slice(2).map(Number);

for (const { id, title, width, height } of PICTURES) {
  if (wanted.length > 0 && !wanted.includes(id)) continue;
  const { painting, quality } = PAINTINGS[id];
  const pixels = develop(painting, width, height);
  const file = fileURLToPath(new URL(`./${id}.jpg`, import.meta.url));
  const { size } = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ ...JPEG, quality })
    .toFile(file);
  stdout.write(`${title}: ${size.toLocaleString('en')} bytes\n`);
}
