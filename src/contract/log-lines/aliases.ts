/** A key of a record, and one of the object that it holds where the value is in there. */
export type Alias = readonly [key: string, inner?: string];

export type Aliases = Readonly<Record<'timestamp' | 'level' | 'service' | 'message', readonly Alias[]>>;

/** What structured loggers call the same thing, the contract's own name first unless another one is more exact. */
export const aliases: Aliases = {
  timestamp: [
    ['timestamp'],
    ['time'],
    ['@timestamp'],
    ['ts'],
    ['@t'],
    ['datetime'],
    ['date'],
    ['asctime'],
    ['__REALTIME_TIMESTAMP'],
  ],
  level: [
    // Monolog's, beside a number.
    ['level_name'],
    ['level'],
    ['severity'],
    ['levelname'],
    ['lvl'],
    ['loglevel'],
    ['log.level'],
    ['log', 'level'],
    ['@level'],
    ['@l'],
    ['PRIORITY'],
  ],
  service: [
    ['service'],
    ['service.name'],
    ['service', 'name'],
    ['logger'],
    ['name'],
    ['logger_name'],
    ['app'],
    ['module'],
    ['component'],
    ['container'],
    ['source'],
    ['channel'],
    ['SourceContext'],
    ['SYSLOG_IDENTIFIER'],
  ],
  message: [
    ['message'],
    ['msg'],
    ['@message'],
    ['short_message'],
    // Serilog's compact format: the words, or the template that they are made from.
    ['@m'],
    ['@mt'],
    ['event'],
    ['text'],
    ['log'],
    ['line'],
    ['textPayload'],
    ['MESSAGE'],
    // An error that came without words of its own.
    ['err'],
    ['error'],
  ],
};

/** What is told from a field only by the company that it is in: "category" alone may be a book's. */
const ofNet: Aliases = {
  timestamp: [],
  level: [],
  service: [['category'], ['sourcecontext'], ['properties', 'SourceContext']],
  message: [['renderedmessage'], ['messagetemplate']],
};

/** The aliases of a record whose keys are those in other letters, as the record writes them. */
export function aliasesInOtherCase(keys: readonly string[]): Aliases {
  const written = new Map(keys.map((key) => [key.toLowerCase(), key]));
  const found = (kind: keyof Aliases): readonly Alias[] =>
    [...aliases[kind], ...ofNet[kind]].flatMap(([key, ...inner]): Alias[] => {
      const own = written.get(key);
      return own === undefined ? [] : [[own, ...inner]];
    });
  return {
    timestamp: found('timestamp'),
    level: found('level'),
    service: found('service'),
    message: found('message'),
  };
}
