import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { imageEndpoint, largeFileEndpoint, largeTextEndpoint, PICTURES } from '../../contract/downloads.ts';
import { keepBetweenTabs } from '../../store/between-tabs.ts';
import { formatBytes } from '../../ui/format.ts';

/** One thing to download: what it is called, where it is, and how it is shown. */
export interface DownloadChoice {
  readonly id: string;
  readonly label: string;
  readonly path: string;
  readonly query: Readonly<Record<string, number>>;
  readonly fileName: string;
  readonly mediaType: string;
  readonly kind: 'file' | 'picture';
}

const FILE_SIZES = [1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000] as const;

const pictures = PICTURES.map(
  ({ id, title }): DownloadChoice => ({
    id: `picture-${id}`,
    label: `Picture: ${title}`,
    path: imageEndpoint.path.replace('{id}', String(id)),
    query: {},
    fileName: `${title.toLowerCase().replaceAll(' ', '-')}.jpg`,
    mediaType: imageEndpoint.mediaType,
    kind: 'picture',
  }),
);

const files = FILE_SIZES.map(
  (size): DownloadChoice => ({
    id: `file-${size}`,
    label: `File, ${formatBytes(size)}`,
    path: largeFileEndpoint.path,
    query: { size },
    fileName: 'large-file.bin',
    mediaType: largeFileEndpoint.mediaType,
    kind: 'file',
  }),
);

export const downloadChoices: readonly DownloadChoice[] = [
  ...pictures,
  ...files,
  {
    id: 'text',
    label: 'Text, 10 MB, length not said',
    path: largeTextEndpoint.path,
    query: { size: 10_000_000 },
    fileName: 'large-data.txt',
    mediaType: 'text/plain',
    kind: 'file',
  },
];

/** Bytes a second that the panel offers. `default` leaves it to the backend: pictures slowly, files at full speed. */
export const DOWNLOAD_RATES = ['default', '100000', '1000000', '10000000', '100000000'] as const;
export type DownloadRate = (typeof DOWNLOAD_RATES)[number];

const savedSchema = z.object({ choiceId: z.string(), rate: z.enum(DOWNLOAD_RATES) });
type SavedDownloadSettings = z.infer<typeof savedSchema>;

interface DownloadSettings extends SavedDownloadSettings {
  readonly change: (part: Partial<SavedDownloadSettings>) => void;
}

const firstChoice = downloadChoices[0] as DownloadChoice;

export const choiceById = (id: string) => downloadChoices.find((choice) => choice.id === id) ?? firstChoice;

export const useDownloadSettings = create<DownloadSettings>()(
  persist((set) => ({ choiceId: firstChoice.id, rate: 'default', change: (part) => set(part) }), {
    name: 'streamscope-downloads',
    partialize: ({ choiceId, rate }) => ({ choiceId, rate }),
    merge: (saved, current) => {
      const parsed = savedSchema.safeParse(saved);
      return parsed.success ? { ...current, ...parsed.data } : current;
    },
  }),
);

// A form is not filled in from another tab: what is asked for next is what stands here.
keepBetweenTabs(useDownloadSettings, { own: ['choiceId', 'rate'] });
