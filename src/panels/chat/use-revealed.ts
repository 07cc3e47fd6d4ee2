import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { nextFrame } from '../../store/next-frame.ts';
import { nothingRevealed, revealedText, revealMore } from './reveal.ts';

/**
 * The part of a growing text that is shown by now: bursts are typed out quickly rather than jump. All of it at once
 * when the text stopped growing, when it was there before, and for those who asked for reduced motion.
 */
export function useRevealed(text: string, growing: boolean): string {
  const still = useReducedMotion() ?? false;
  const typing = growing && !still;
  const reveal = useRef(nothingRevealed);
  const latest = useRef(text);
  const [shown, setShown] = useState(0);
  latest.current = text;
  const waiting = typing && shown < text.length;

  useEffect(() => {
    if (!waiting) return;
    let atMs = performance.now();
    let cancel = nextFrame(draw);
    function draw() {
      const nowMs = performance.now();
      reveal.current = revealMore(reveal.current, latest.current.length, nowMs - atMs);
      atMs = nowMs;
      setShown(reveal.current.shown);
      cancel = nextFrame(draw);
    }
    return () => cancel();
  }, [waiting]);

  return typing ? revealedText(text, shown) : text;
}
