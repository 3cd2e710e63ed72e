import type { OpenAPIObject } from '@nestjs/swagger';
import { apiPaths } from './api-paths.js';
import { apiSchemas } from './api-schemas.js';

/**
 * Builds the OpenAPI description of the JSON API. Its package is loaded at the first call, not at boot.
 * @param baseUrl public address of the service
 */
export async function apiDocument(baseUrl: string, maxImages: number): Promise<OpenAPIObject> {
  const { DocumentBuilder } = await import('@nestjs/swagger');
  const frame = new DocumentBuilder()
    .setTitle('Image Job')
    .setDescription(
      'Collects images for a search query at a chosen time and delivers them as an expiring zip.',
    )
    .setVersion('1')
    .addServer(baseUrl)
    .build();
  return { ...frame, paths: apiPaths(), components: { schemas: apiSchemas(maxImages) } };
}
