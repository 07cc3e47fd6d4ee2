import { formatCount } from '../../ui/format.ts';
import type { Capture, CapturedChunk } from './capture.ts';
import { previewOf } from './printable.ts';
import { type Column, VirtualTable } from './virtual-table.tsx';

interface ChunkTableProps {
  readonly capture: Capture;
  readonly seesBytes: boolean;
  readonly version: number;
  readonly chosen: number | null;
  readonly onChoose: (number: number) => void;
}

/** Every chunk as it came off the wire. */
export function ChunkTable({ capture, seesBytes, version, chosen, onChoose }: ChunkTableProps) {
  const { chunks } = capture;
  return (
    <VirtualTable
      label="Chunks"
      columns={chunkColumns(capture, seesBytes)}
      count={chunks.size}
      rowAt={(index) => chunks.at(chunks.start + index)}
      numberOf={({ number }) => number}
      chosen={chosen}
      onChoose={onChoose}
      version={version}
    />
  );
}

/** Times are read against each other: always milliseconds, always one decimal. */
export const formatMs = (ms: number) => ms.toFixed(1);

function chunkColumns(capture: Capture, seesBytes: boolean): readonly Column<CapturedChunk>[] {
  return [
    { title: 'Chunk', width: 62, align: 'right', cell: ({ number }) => formatCount(number) },
    { title: 'Time, ms', width: 84, align: 'right', cell: ({ atMs }) => formatMs(atMs) },
    {
      title: 'Gap, ms',
      width: 76,
      align: 'right',
      cell: ({ gapMs }) => (gapMs === null ? '–' : formatMs(gapMs)),
    },
    {
      title: 'Bytes',
      width: 74,
      align: 'right',
      cell: ({ byteLength }) => (byteLength === null ? '–' : formatCount(byteLength)),
    },
    {
      title: 'Messages',
      width: 72,
      align: 'right',
      minor: true,
      cell: ({ messages }) => formatCount(messages),
    },
    {
      title: 'Content',
      mono: true,
      cell: ({ number }) => {
        const bytes = capture.bytes.get(number);
        if (bytes) return previewOf(bytes);
        return seesBytes ? 'let go' : 'not visible';
      },
    },
  ];
}
