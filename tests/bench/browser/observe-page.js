// Runs in the page before anything else of it, as it stands here. Plain JavaScript: a tool that names functions on the
// way would name a function of its own that no page has.
{
  const LEAST_EVENT_MS = 16;
  const frames = [];
  const longTasks = [];
  /** By interaction: the longest of its events, from the key to the next paint. */
  const inputs = new Map();
  let lastFrameMs = null;
  let keys = 0;

  const onFrame = (atMs) => {
    if (lastFrameMs !== null) frames.push(atMs - lastFrameMs);
    lastFrameMs = atMs;
    requestAnimationFrame(onFrame);
  };
  requestAnimationFrame(onFrame);

  const takeTasks = (entries) => {
    for (const { duration } of entries) longTasks.push(duration);
  };
  const taskObserver = new PerformanceObserver((list) => takeTasks(list.getEntries()));
  taskObserver.observe({ type: 'longtask' });

  const takeInputs = (entries) => {
    for (const { interactionId, duration } of entries) {
      if (interactionId > 0) inputs.set(interactionId, Math.max(duration, inputs.get(interactionId) ?? 0));
    }
  };
  const inputObserver = new PerformanceObserver((list) => takeInputs(list.getEntries()));
  inputObserver.observe({ type: 'event', durationThreshold: LEAST_EVENT_MS });

  const countKey = ({ isTrusted }) => {
    if (isTrusted) keys += 1;
  };
  addEventListener('keydown', countKey, true);

  /** How long it takes from another value of a field to where the text of an element is as wanted, and painted. */
  globalThis.timeAnswer = ([element, field, value, wanted]) =>
    new Promise((resolve) => {
      const answer = new RegExp(wanted, 'v');
      const startedMs = performance.now();
      const observer = new MutationObserver(() => {
        if (!answer.test(element.textContent)) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - startedMs)));
      });
      observer.observe(element, { subtree: true, childList: true, characterData: true });
      // As a key that is pressed, which the page draws less for.
      field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: value.at(-1) }));
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value);
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });

  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

  /** What was observed since the last time it was asked. A key that was pressed just now is waited for until it is painted. */
  globalThis.takeObserved = async () => {
    await nextFrame();
    await nextFrame();
    takeTasks(taskObserver.takeRecords());
    takeInputs(inputObserver.takeRecords());
    const observed = {
      frames: frames.splice(0),
      longTasks: longTasks.splice(0),
      keys,
      inputs: [...inputs.values()],
    };
    inputs.clear();
    keys = 0;
    return observed;
  };
}
