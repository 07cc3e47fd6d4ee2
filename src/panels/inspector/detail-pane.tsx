import { CloseButton, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { formatBytes, formatCount } from '../../ui/format.ts';
import type { Capture } from './capture.ts';
import classes from './detail-pane.module.css';
import { asText, hexDump, MARKS_LEGEND, prettyText, visibleLines } from './printable.ts';

/** What can be laid out without the page halting. */
const MAX_SHOWN_BYTES = 64_000;

interface DetailProps {
  readonly capture: Capture;
  readonly number: number;
  readonly onClose: () => void;
}

export function ChunkDetail({ capture, number, onClose }: DetailProps) {
  const [form, setForm] = useState<'text' | 'hex' | null>(null);
  const bytes = capture.bytes.get(number);
  const shown = bytes?.subarray(0, MAX_SHOWN_BYTES);
  const text = shown ? asText(shown) : null;
  const chosenForm = form ?? (text === null ? 'hex' : 'text');
  return (
    <section className={classes.pane} aria-label={`Chunk ${number}`}>
      <header className={classes.header}>
        <strong>Chunk {formatCount(number)}</strong>
        {bytes && <span>{formatBytes(bytes.byteLength)}</span>}
        {chosenForm === 'text' && <span className={classes.legend}>{MARKS_LEGEND}</span>}
        <SegmentedControl
          className={classes.form ?? ''}
          size="xs"
          aria-label="Show bytes as"
          value={chosenForm}
          data={[
            { value: 'text', label: 'Text' },
            { value: 'hex', label: 'Hex' },
          ]}
          onChange={(value) => setForm(value === 'hex' ? 'hex' : 'text')}
        />
        <CloseButton size="xs" aria-label="Close" onClick={onClose} />
      </header>
      {shown ? (
        <Content
          text={chosenForm === 'hex' ? hexDump(shown) : visibleLines(text ?? new TextDecoder().decode(shown))}
          wrap={chosenForm === 'text'}
        />
      ) : (
        <p className={classes.gone}>
          Its bytes are not held: they were let go, or this transport hides them.
        </p>
      )}
      {bytes && bytes.byteLength > MAX_SHOWN_BYTES && (
        <p className={classes.gone}>The first {formatBytes(MAX_SHOWN_BYTES)} of it.</p>
      )}
    </section>
  );
}

export function MessageDetail({ capture, number, onClose }: DetailProps) {
  const { messages, texts } = capture;
  const message = messages.at(number - 1);
  const text = texts.get(number);
  return (
    <section className={classes.pane} aria-label={`Message ${number}`}>
      <header className={classes.header}>
        <strong>Message {formatCount(number)}</strong>
        {message && <span>{message.event}</span>}
        {message?.id && <span>id {message.id}</span>}
        <CloseButton className={classes.form ?? ''} size="xs" aria-label="Close" onClick={onClose} />
      </header>
      {text === undefined ? (
        <p className={classes.gone}>Its text was let go.</p>
      ) : (
        <Content text={prettyText(text)} wrap />
      )}
    </section>
  );
}

function Content({ text, wrap }: { text: string; wrap: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <pre className={classes.content} data-wrap={wrap} tabIndex={0}>
      {text}
    </pre>
  );
}
