import { formatCount, formatDuration, formatRate } from '../../ui/format.ts';
import { pieceRate, type Reply } from './chat-turn.ts';
import classes from './reply-measures.module.css';

/** What was measured of a reply that is over, and who gave it. */
export function ReplyMeasures({ reply }: { reply: Reply }) {
  const { firstTokenMs, pieces, unit, durationMs, responder } = reply;
  const rate = pieceRate(reply);
  const counted = pieces === 1 ? unit.slice(0, -1) : unit;
  return (
    <p className={classes.measures}>
      {responder !== null && (
        <span className={classes.responder} title={responder}>
          {responderLabel(responder)}
        </span>
      )}
      {firstTokenMs !== null && (
        <span title={`Request start to the first ${unit.slice(0, -1)}`}>
          first {unit.slice(0, -1)} {formatDuration(firstTokenMs)}
        </span>
      )}
      {pieces > 0 && (
        <span title={unit === 'chunks' ? 'Plain text does not tell where a token ends' : undefined}>
          {formatCount(pieces)} {counted}
        </span>
      )}
      {rate !== null && <span title={`${unit} a second, from the first to the end`}>{formatRate(rate)}</span>}
      {durationMs !== null && <span title="Request start to the end">{formatDuration(durationMs)}</span>}
    </p>
  );
}

/** The built-in responder says of itself that it is no model; so does the label. */
function responderLabel(responder: string): string {
  return /not a model/i.test(responder) ? 'Built-in notes, not a model' : responder;
}
