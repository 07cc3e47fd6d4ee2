import { z } from 'zod';
import { decimalNumber, defineStream, errorEventSchema } from './endpoint.ts';

/** The longest prompt, in characters. */
export const MAX_PROMPT_LENGTH = 4_000;

export const chatQuerySchema = z.object({
  prompt: z
    .string()
    .max(MAX_PROMPT_LENGTH, { error: `must be at most ${MAX_PROMPT_LENGTH} characters` })
    .default('What is HTTP streaming?')
    .meta({ description: 'What to answer' }),
  rate: decimalNumber({ min: 0.1, max: 10_000, default: 45, description: 'Tokens a second' }),
});

export const chatTokenSchema = z.object({ token: z.string(), index: z.number().int().nonnegative() });
export const chatDoneSchema = z.object({
  done: z.literal(true),
  totalTokens: z.number().int().nonnegative(),
  /** Who answered, so that nobody takes the built-in responder for a model. */
  responder: z.string(),
  durationMs: z.number().nonnegative(),
});

/**
 * One event of a reply, in any of the plain forms: `{token}`, `{content}`, `{delta}`, `{text}` or the last one,
 * `{done: true}`. Bare text and `[DONE]` are read before this schema is asked.
 */
export const tolerantChatEventSchema = z.union([
  z.object({ done: z.literal(true), totalTokens: z.number().optional(), responder: z.string().optional() }),
  z.object({ token: z.string() }),
  z.object({ content: z.string() }),
  z.object({ delta: z.string() }),
  z.object({ text: z.string() }),
]);

export const chatTextEndpoint = defineStream({
  family: 'chat',
  method: 'get',
  path: '/ai/chat-stream',
  summary: 'A reply as plain text, token by token',
  query: chatQuerySchema,
  format: 'text',
  mediaType: 'text/plain; charset=utf-8',
  item: z.string(),
  ends: true,
});

export const chatSseEndpoint = defineStream({
  family: 'chat',
  method: 'get',
  path: '/ai/chat-stream-sse',
  summary: 'A reply as events, with metadata',
  query: chatQuerySchema,
  format: 'sse',
  mediaType: 'text/event-stream',
  events: { message: z.union([chatTokenSchema, chatDoneSchema]), error: errorEventSchema },
  ends: true,
});

export const shortChatEndpoint = defineStream({
  ...chatTextEndpoint,
  path: '/chat-stream',
  summary: 'The same as /ai/chat-stream',
});
