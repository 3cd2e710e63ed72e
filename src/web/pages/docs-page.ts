import type { OpenAPIObject } from '@nestjs/swagger';
import type { AnySchema, OperationObject } from '../docs/open-api-types.js';
import { type Html, html } from '../../jobs/wording/html.js';
import { layout } from './layout.js';

const METHODS = ['get', 'post'] as const;

/** The OpenAPI description as a page without scripts. */
export function docsPage(document: OpenAPIObject, baseUrl: string): Html {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [operationPart(method, path, operation)];
    }),
  );
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) =>
    schemaPart(name, schema),
  );
  const main = html`<div class="intro">
      <h1>API</h1>
      <p class="lead">${document.info.description ?? ''} Everything the pages do can be done with JSON.</p>
      <p><a href="/api/openapi.json">OpenAPI description</a> for tools and clients</p>
    </div>
    <section class="card" aria-labelledby="example">
      <h2 id="example">Ask for 50 images now</h2>
      <pre tabindex="0">${example(baseUrl)}</pre>
    </section>
    ${operations} ${schemas}`;
  return layout({ title: 'API', main });
}

function example(baseUrl: string): string {
  const body = JSON.stringify({ query: 'red panda', count: 50, email: 'ana@example.org' });
  return [
    `curl ${baseUrl}/jobs \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -H 'Idempotency-Key: 8f14e45f' \\`,
    `  -d '${body}'`,
  ].join('\n');
}

function operationPart(method: string, path: string, operation: OperationObject): Html {
  const id = operation.operationId ?? path;
  const parameters = (operation.parameters ?? []).flatMap((parameter) =>
    'name' in parameter ? [parameter] : [],
  );
  const answers = Object.entries(operation.responses).map(
    ([status, answer]) =>
      [status, answer !== undefined && 'description' in answer ? (answer.description ?? '') : ''] as const,
  );
  return html`<section class="card" aria-labelledby="${id}">
    <div class="field">
      <h2 id="${id}">${operation.summary ?? ''}</h2>
      <p><span class="method">${method.toUpperCase()}</span> <code>${path}</code></p>
      ${operation.description === undefined ? null : html`<p class="hint">${marked(operation.description)}</p>`}
    </div>
    <div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label="${operation.summary ?? ''}: parameters and answers"
    >
      <table>
        <tbody>
          ${parameters.map(({ name, in: place, description }) => row(`${name} (${place})`, description ?? ''))}
          ${answers.map(([status, description]) => row(status, description))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function schemaPart(name: string, schema: AnySchema): Html {
  const properties = 'properties' in schema ? Object.entries(schema.properties ?? {}) : [];
  const required = 'required' in schema ? (schema.required ?? []) : [];
  const rows = properties.map(([property, value]) => {
    const description = 'description' in value ? (value.description ?? '') : '';
    return row(property, `${required.includes(property) ? '' : 'Optional. '}${description}`);
  });
  return html`<section class="card" aria-labelledby="schema-${name}">
    <h2 id="schema-${name}">${name}</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Fields of ${name}">
      <table>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}

function row(head: string, text: string): Html {
  return html`<tr>
    <th scope="row"><code>${head}</code></th>
    <td>${marked(text)}</td>
  </tr>`;
}

/** Shows back-quoted parts as code. */
function marked(text: string): readonly Html[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}
