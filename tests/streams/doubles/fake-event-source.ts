/** An `EventSource` that a test plays the browser for. */
export class FakeEventSource extends EventTarget {
  static readonly made: FakeEventSource[] = [];
  readonly url: string;
  readyState = 0;

  constructor(url: string) {
    super();
    this.url = url;
    FakeEventSource.made.push(this);
  }

  static last(): FakeEventSource {
    const source = FakeEventSource.made.at(-1);
    if (source === undefined) throw new Error('no EventSource was made');
    return source;
  }

  open(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }

  message(data: string, { event = 'message', id = '' } = {}): void {
    this.dispatchEvent(new MessageEvent(event, { data, lastEventId: id }));
  }

  /** The connection is gone: the browser would reconnect (0), or will not (2). */
  fail(readyState: 0 | 2): void {
    this.readyState = readyState;
    this.dispatchEvent(new Event('error'));
  }

  close(): void {
    this.readyState = 2;
  }
}
