import type { HttpAnswer, HttpRequest } from '../wire/exchange.ts'

/** Whether a request is for ECR's Docker registry face. */
export const isRegistryPath = (path: string): boolean => path === '/v2' || path.startsWith('/v2/')

export const answerRegistry = (request: Omit<HttpRequest, 'body'>): HttpAnswer => ({
  status: 501,
  headers: { 'Content-Type': 'application/json', 'Docker-Distribution-Api-Version': 'registry/2.0' },
  body: JSON.stringify({
    errors: [
      {
        code: 'UNSUPPORTED',
        message: `the Docker registry (${request.method} ${request.path}) is not implemented by the sandbox`,
      },
    ],
  }),
})
