import { useEffect, useState } from 'react';
import { useThrottled } from '../../ui/use-throttled.ts';
import classes from './picture-building-up.module.css';

const REDRAW_MS = 150;

/** A progressive picture as far as its bytes have come. A beginning that can't be shown yet leaves the last one. */
export function PictureBuildingUp({
  parts,
  title,
}: {
  parts: readonly Uint8Array<ArrayBuffer>[];
  title: string;
}) {
  const drawn = useThrottled(parts, REDRAW_MS, parts.length === 0 ? `${title} empty` : title);
  const url = useDecodedUrl(drawn);
  return (
    <div className={classes.frame}>
      {url === null ? (
        <span className={classes.waiting}>waiting for the first scan</span>
      ) : (
        <img className={classes.picture} src={url} alt={title} />
      )}
    </div>
  );
}

/** The object URL of the newest beginning of a picture that the browser could decode. */
function useDecodedUrl(parts: readonly Uint8Array<ArrayBuffer>[]): string | null {
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (parts.length === 0) {
      setShown(null);
      return undefined;
    }
    const url = URL.createObjectURL(new Blob([...parts]));
    const probe = new Image();
    let taken = false;
    probe.onload = () => {
      taken = true;
      setShown(url);
    };
    probe.src = url;
    return () => {
      probe.onload = null;
      if (!taken) URL.revokeObjectURL(url);
    };
  }, [parts]);
  useEffect(() => () => void (shown && URL.revokeObjectURL(shown)), [shown]);
  return shown;
}
