import type { KnowledgeEntry } from './entry.ts';

export const chatReplyEntries: readonly KnowledgeEntry[] = [
  {
    id: 'llm-tokens',
    title: 'Streaming the tokens of a language model',
    questions: [
      'How do I stream LLM tokens?',
      'How does ChatGPT stream its answer?',
      'How do I build a streaming chat?',
    ],
    keywords:
      'LLM tokens model AI chat ChatGPT Claude completion typing effect token streaming prompt reply generate',
    related: ['openai-format', 'markdown-streaming'],
    body: `A model makes its answer token by token, a token being a piece of a word. Waiting for the last one takes ten seconds or more; showing them as they come turns that into a few hundred milliseconds until the first word. Nothing gets faster; it *feels* fast, and people stop a wrong answer early.

The usual shape: \`POST\` the messages, read an event stream from the response.

\`\`\`text
event: text-start
data: {"id":"r1"}

event: text-delta
data: {"id":"r1","delta":"Back"}

event: text-delta
data: {"id":"r1","delta":"pressure"}

event: text-end
data: {"id":"r1","usage":{"outputTokens":2}}

\`\`\`

What makes it good:

- **Text deltas, not whole texts**: sending the growing answer each time is quadratic.
- **A named end**, with usage and the reason (\`stop\`, \`length\`, \`error\`), so that a cut connection is not taken for a short answer.
- **Cancel** goes all the way: the tab aborts, the server notices, the call to the model is aborted. Otherwise you pay for tokens that nobody reads.
- **Errors in band** once the first token is out; before it, a proper status.
- Keep the reply on the server while it is being made, under an ID. A reload can then resume instead of asking (and paying) again.
- Measure *time to first token* and *tokens a second*; they are what people feel.
- Join tokens in the page once a frame; a redraw for each of them costs more than the network.

This answer comes in just that way, only that no model made it: it is a note, cut into pieces and paced like one.`,
  },
  {
    id: 'openai-format',
    title: "OpenAI's streaming format and [DONE]",
    questions: [
      'What does the OpenAI streaming format look like?',
      'What is data: [DONE]?',
      'How do I parse chat.completion.chunk events?',
    ],
    keywords:
      'OpenAI chat.completion.chunk delta content DONE choices finish_reason stream true usage compatible API vLLM Ollama llama.cpp',
    related: ['llm-tokens', 'fetch-clients'],
    body: `With \`"stream": true\` the chat completions API answers with an event stream of \`data\` lines. It uses no event names and no IDs, and ends with a line that is not JSON:

\`\`\`text
data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}

data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}]}

data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}]}

data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

data: [DONE]

\`\`\`

Reading it:

\`\`\`js
for await (const { data } of events) {
  if (data === '[DONE]') break;      // before JSON.parse
  const chunk = JSON.parse(data);
  if (chunk.error) throw new Error(chunk.error.message);
  const choice = chunk.choices[0];   // may be missing: the usage chunk has none
  text += choice?.delta?.content ?? '';
  reason = choice?.finish_reason ?? reason;
}
\`\`\`

- The first delta often has only a role; content may be \`null\` or absent (tool calls come as \`delta.tool_calls\`, their arguments in pieces to be joined by \`index\`).
- Token counts come only with \`stream_options: { include_usage: true }\`, in a last chunk whose \`choices\` is empty.
- A body that ends without \`[DONE]\` and without a \`finish_reason\` was **cut off**.
- It is a \`POST\`, so \`EventSource\` cannot read it; use \`fetch\` and a parser.
- Many servers speak this form (vLLM, Ollama, llama.cpp), with small differences; be tolerant of missing fields.`,
  },
  {
    id: 'markdown-streaming',
    title: 'Rendering Markdown while it streams',
    questions: [
      'How do I render Markdown as it streams?',
      'Why does streaming Markdown flicker?',
      'How do I render a streamed reply efficiently?',
    ],
    keywords:
      'markdown render streaming flicker code block unclosed fence incremental react-markdown streamdown marked blocks reply',
    related: ['llm-tokens', 'fast-rendering'],
    body: `Two problems: half of a Markdown text is often **broken** Markdown, and parsing all of it again for each token is **quadratic**.

Against the first, complete what is open before parsing, on a copy:

- an unclosed code fence gets a closing one, so that the rest of the page is not taken for code;
- unclosed \`**\`, \`\` \` \`\` and \`[text](\` are closed or held back until the rest arrives;
- a table is shown only once its separator row is complete.

Libraries such as \`remend\` do that; \`streamdown\` is a complete component.

Against the second, split the text into **blocks** (paragraphs, lists, fences). All blocks but the last are finished, and never change again:

\`\`\`tsx
import { marked } from 'marked';

const Block = memo(({ source }: { source: string }) => <ReactMarkdown>{source}</ReactMarkdown>);

function Reply({ text }: { text: string }) {
  const blocks = useMemo(() => marked.lexer(text).map((token) => token.raw), [text]);
  return blocks.map((source, index) => <Block key={index} source={source} />);
}
\`\`\`

Only the last block is parsed anew for each frame. For very long replies keep the finished blocks, and give the lexer only the rest.

- Append tokens once a frame, not once a token.
- Highlight code when its fence is closed, or at most a few times a second.
- Reserve space and follow the end only if the reader is there already; let them scroll up in peace.
- Raw HTML off, links limited to \`http\` and \`https\`.
- Tell screen readers *reply finished*, not each token: \`aria-live\` on a short status, not on the text.`,
  },
];
