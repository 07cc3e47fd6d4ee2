import { formatCount } from '../../ui/format.ts';
import type { Capture, CapturedMessage } from './capture.ts';
import { formatMs } from './chunk-table.tsx';
import { visibleControls } from './printable.ts';
import { type Column, VirtualTable } from './virtual-table.tsx';

interface MessageTableProps {
  readonly capture: Capture;
  readonly version: number;
  readonly chosen: number | null;
  readonly onChoose: (number: number) => void;
}

/** What the reader made of the chunks. */
export function MessageTable({ capture, version, chosen, onChoose }: MessageTableProps) {
  const { messages } = capture;
  return (
    <VirtualTable
      label="Messages"
      columns={messageColumns(capture)}
      count={messages.size}
      rowAt={(index) => messages.at(messages.start + index)}
      numberOf={({ number }) => number}
      chosen={chosen}
      onChoose={onChoose}
      version={version}
    />
  );
}

const PREVIEW_CHARACTERS = 200;

function messageColumns(capture: Capture): readonly Column<CapturedMessage>[] {
  return [
    { title: 'Message', width: 72, align: 'right', cell: ({ number }) => formatCount(number) },
    { title: 'Time, ms', width: 84, align: 'right', cell: ({ atMs }) => formatMs(atMs) },
    { title: 'Chunk', width: 62, align: 'right', minor: true, cell: ({ chunk }) => formatCount(chunk) },
    { title: 'Event', width: 96, cell: ({ event }) => event },
    { title: 'ID', width: 96, minor: true, cell: ({ id }) => id ?? '–' },
    {
      title: 'Data',
      mono: true,
      cell: ({ number }) =>
        visibleControls(capture.texts.get(number)?.slice(0, PREVIEW_CHARACTERS) ?? 'let go'),
    },
  ];
}
