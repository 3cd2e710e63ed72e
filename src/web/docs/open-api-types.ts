import type { OpenAPIObject } from '@nestjs/swagger';

/** The parts of an OpenAPI description, which the package does not export by name. */
export type PathsObject = OpenAPIObject['paths'];
export type OperationObject = NonNullable<PathsObject[string]['get']>;
export type AnyParameter = NonNullable<OperationObject['parameters']>[number];
export type ParameterObject = Extract<AnyParameter, { name: string }>;
export type AnyResponse = NonNullable<OperationObject['responses'][string]>;
export type ResponseObject = Exclude<AnyResponse, { $ref: string }>;
export type AnySchema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
export type ReferenceObject = Extract<AnySchema, { $ref: string }>;
export type SchemaObject = Exclude<AnySchema, { $ref: string }>;
