/** Asks now. Whoever asks first gets what is under way; one who asks again, after it failed, has it asked again. */
function askNow<T>(fetchCode: () => Promise<T>) {
  const first = fetchCode();
  let taken = false;
  const load = (): Promise<T> => {
    if (taken) return fetchCode();
    taken = true;
    return first;
  };
  return { first, load };
}

// The code of the panels that the page is opened for: fetched from here on, whatever else is still to be evaluated.
const ticker = askNow(() => import('../panels/ticker/ticker-panel.tsx'));
const logs = askNow(() => import('../panels/logs/logs-panel.tsx'));

export const loadTicker = ticker.load;
export const loadLogs = logs.load;

/** Fulfilled when both are there, or can't be had. */
export const liveCodeSettled = Promise.allSettled([ticker.first, logs.first]);
