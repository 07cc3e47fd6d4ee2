import { z } from 'zod';
import { CATALOGUE } from '../../contract/catalogue.ts';
import type { Endpoint, EndpointFamily } from '../../contract/endpoint.ts';

/** A parameter as a form shows it, read from the endpoint's own schema. */
export interface ParameterField {
  readonly name: string;
  readonly place: 'path' | 'query';
  readonly kind: 'number' | 'choice' | 'text';
  readonly choices: readonly string[];
  readonly min: number | null;
  readonly max: number | null;
  /** What the backend takes where nothing is given; '' where that is nothing. */
  readonly fallback: string;
  readonly description: string;
}

export const endpointKey = ({ method, path }: Pick<Endpoint, 'method' | 'path'>): string =>
  `${method.toUpperCase()} ${path}`;

const endpointsByKey = new Map(CATALOGUE.map((endpoint) => [endpointKey(endpoint), endpoint]));

export function findEndpoint(key: string | null): Endpoint | null {
  return key === null ? null : (endpointsByKey.get(key) ?? null);
}

/** The catalogue by family, in its own order. */
export function endpointGroups(): readonly { family: EndpointFamily; keys: readonly string[] }[] {
  const groups = new Map<EndpointFamily, string[]>();
  for (const endpoint of CATALOGUE) {
    const keys = groups.get(endpoint.family) ?? [];
    groups.set(endpoint.family, [...keys, endpointKey(endpoint)]);
  }
  return [...groups].map(([family, keys]) => ({ family, keys }));
}

export function parameterFields({ params, query }: Endpoint): readonly ParameterField[] {
  return [...(params ? fieldsOf(params, 'path') : []), ...fieldsOf(query, 'query')];
}

/** What of JSON Schema the contract's parameters use. */
const propertySchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.union([z.string(), z.number()]).optional(),
  example: z.union([z.string(), z.number()]).optional(),
  description: z.string().optional(),
});

function fieldsOf(schema: z.ZodObject, place: ParameterField['place']): ParameterField[] {
  const { properties = {} } = z.toJSONSchema(schema, { unrepresentable: 'any' });
  return Object.entries(properties).map(([name, raw]) => {
    const property = propertySchema.parse(raw);
    const numeric = property.type === 'number' || property.type === 'integer';
    return {
      name,
      place,
      kind: property.enum ? 'choice' : numeric ? 'number' : 'text',
      choices: property.enum ?? [],
      min: bound(property.minimum),
      max: bound(property.maximum),
      fallback: String(property.default ?? property.example ?? ''),
      description: property.description ?? '',
    };
  });
}

/** A whole number without a bound of its own comes with the bounds of its type. */
function bound(value: number | undefined): number | null {
  return value === undefined || Math.abs(value) === Number.MAX_SAFE_INTEGER ? null : value;
}

/** What is wrong with a parameter's text, in the contract's words; null where nothing is. Blank stands for the default. */
export function parameterError(endpoint: Endpoint, field: ParameterField, text: string): string | null {
  if (text.trim() === '') return null;
  const schema = (field.place === 'path' ? endpoint.params : endpoint.query)?.shape[field.name];
  const parsed = schema ? z.safeParse(schema, text.trim()) : null;
  return parsed && !parsed.success ? (parsed.error.issues[0]?.message ?? 'is not valid') : null;
}
