const encoder = new TextEncoder();

export interface ControlledBody {
  readonly stream: ReadableStream<Uint8Array>;
  /** Hands one chunk over; it is held until somebody reads. */
  write(chunk: string | Uint8Array): void;
  close(): void;
  break(error: Error): void;
  /** How many chunks were read. */
  readonly readCount: number;
  readonly cancelled: boolean;
}

/** A response body whose chunks come when the test says so, and which counts what is read. */
export function createControlledBody(): ControlledBody {
  const chunks: Uint8Array[] = [];
  let ending: { readonly error: Error } | 'closed' | null = null;
  let wake: (() => void) | null = null;
  let readCount = 0;
  let cancelled = false;
  const stir = () => {
    wake?.();
    wake = null;
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (chunks.length === 0 && ending === null) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const chunk = chunks.shift();
        if (chunk !== undefined) {
          readCount += 1;
          controller.enqueue(chunk);
        } else if (ending === 'closed') controller.close();
        else if (ending !== null) controller.error(ending.error);
      },
      cancel() {
        cancelled = true;
        stir();
      },
    },
    { highWaterMark: 0 },
  );
  return {
    stream,
    write(chunk) {
      chunks.push(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      stir();
    },
    close() {
      ending ??= 'closed';
      stir();
    },
    break(error) {
      ending ??= { error };
      stir();
    },
    get readCount() {
      return readCount;
    },
    get cancelled() {
      return cancelled;
    },
  };
}
