let held = 0;

/** How many hold the frames of the page at the moment. */
export const framesHeld = (): number => held;

/** In the place of `holdPacedFrames`, where nothing is painted. */
export function holdFrames(): () => void {
  held += 1;
  return () => {
    held -= 1;
  };
}
