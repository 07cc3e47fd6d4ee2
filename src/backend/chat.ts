import type { z } from 'zod';
import {
  type chatDoneSchema,
  type chatQuerySchema,
  chatSseEndpoint,
  chatTextEndpoint,
  type chatTokenSchema,
  shortChatEndpoint,
} from '../contract/chat.ts';
import type { BackendContext } from './context.ts';
import { registerEndpoint } from './endpoint-route.ts';
import { type EventBlock, encodeEvent, eventStreamResponse } from './event-stream.ts';
import type { Clock } from './pace.ts';
import { RESPONDER_NAME, reply } from './responder.ts';
import { paceTokens, randomOf } from './responder-pace.ts';
import { tokenize } from './responder-tokens.ts';
import { streamResponse } from './stream-response.ts';

type ChatQuery = z.output<typeof chatQuerySchema>;

export function registerChat(context: BackendContext): void {
  const { clock } = context;
  for (const endpoint of [chatTextEndpoint, shortChatEndpoint]) {
    registerEndpoint(context, endpoint, (c, { query }) =>
      streamResponse(c, { mediaType: endpoint.mediaType }, (signal) => replyTokens(query, signal, clock)),
    );
  }
  registerEndpoint(context, chatSseEndpoint, (c, { query }) =>
    eventStreamResponse(c, (signal) => replyEvents(query, signal, clock)),
  );
}

async function* replyTokens(
  { prompt, rate }: ChatQuery,
  signal: AbortSignal,
  clock: Clock,
): AsyncGenerator<string, void> {
  const tokens = tokenize(reply(prompt).text);
  yield* paceTokens(tokens, { tokensPerSecond: rate, signal, clock, random: randomOf(prompt) });
}

async function* replyEvents(
  query: ChatQuery,
  signal: AbortSignal,
  clock: Clock,
): AsyncGenerator<EventBlock, void> {
  const startedAtMs = clock.now();
  let index = 0;
  for await (const token of replyTokens(query, signal, clock)) {
    yield eventOf({ token, index });
    index += 1;
  }
  yield eventOf({
    done: true,
    totalTokens: index,
    responder: RESPONDER_NAME,
    durationMs: Math.round(clock.now() - startedAtMs),
  });
}

function eventOf(payload: z.input<typeof chatTokenSchema> | z.input<typeof chatDoneSchema>): EventBlock {
  return encodeEvent({ data: JSON.stringify(payload) });
}
