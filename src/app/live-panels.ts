/** The code of the panels that the page is opened for: fetched from here on, whatever else is still to be evaluated. */
export const tickerCode = import('../panels/ticker/ticker-panel.tsx');
export const logsCode = import('../panels/logs/logs-panel.tsx');

/** Fulfilled when both are there, or can't be had. */
export const liveCodeSettled = Promise.allSettled([tickerCode, logsCode]);
