import type { IncomingMessage } from 'node:http';
import { healthEndpoint } from '../../contract/health.ts';
import { type TokenCheck, tokenCheck } from '../authorization.ts';
import { type CrossOriginRequest, CrossOriginRules } from '../cross-origin.ts';
import type { NodeHandler } from './node-bridge.ts';
import { proxyTo } from './proxy.ts';
import { writeResponse } from './write-response.ts';

export interface GuardSettings {
  readonly apiToken: string | null;
  readonly corsOrigins: readonly string[];
}

/** Another backend behind this server's own `API_TOKEN` and `CORS_ORIGIN`, of which it knows nothing. */
export function guardedProxy(backendUrl: string, { apiToken, corsOrigins }: GuardSettings): NodeHandler {
  const check = apiToken === null ? null : tokenCheck(apiToken);
  const crossOrigin = corsOrigins.length === 0 ? null : new CrossOriginRules(corsOrigins);
  const proxy = proxyTo(backendUrl, {
    // The token that is checked here is a secret of this server, not one of the other backend.
    withholdsAuthorization: check !== null,
    withholdsCrossOrigin: crossOrigin !== null,
  });
  return (incoming, outgoing) => {
    const request = crossOriginRequest(incoming);
    // What is set here goes out with whatever is answered: a refusal, the other backend's answer, or that it is not there.
    crossOrigin?.addHeaders(request, {
      set: (name, value) => void outgoing.setHeader(name, value),
      append: (name, value) => void outgoing.appendHeader(name, value),
    });
    const answer = crossOrigin?.preflight(request) ?? refusal(incoming, check);
    if (answer === null) proxy(incoming, outgoing);
    else void writeResponse(answer, outgoing);
  };
}

function refusal({ url, headers }: IncomingMessage, check: TokenCheck | null): Response | null {
  // As it is passed on: another way to write the path is another path to who knows what.
  const isHealth = url?.split('?', 1)[0] === healthEndpoint.path;
  return check === null || isHealth ? null : check(headers.authorization);
}

function crossOriginRequest({ method = 'GET', headers }: IncomingMessage): CrossOriginRequest {
  return {
    method,
    header(name) {
      const value = headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(', ') : value;
    },
  };
}
