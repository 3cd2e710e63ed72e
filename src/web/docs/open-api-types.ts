import type { OpenAPIObject } from '@nestjs/swagger';

// Parts of an OpenAPI description that the package does not export by name.

/** All operations by path. */
export type PathsObject = OpenAPIObject['paths'];
/** An operation. */
export type OperationObject = NonNullable<PathsObject[string]['get']>;
/** A parameter, or a reference to one. */
export type AnyParameter = NonNullable<OperationObject['parameters']>[number];
/** A parameter. */
export type ParameterObject = Extract<AnyParameter, { name: string }>;
/** An answer, or a reference to one. */
export type AnyResponse = NonNullable<OperationObject['responses'][string]>;
/** An answer. */
export type ResponseObject = Exclude<AnyResponse, { $ref: string }>;
/** A schema, or a reference to one. */
export type AnySchema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
/** A reference by name. */
export type ReferenceObject = Extract<AnySchema, { $ref: string }>;
/** A schema. */
export type SchemaObject = Exclude<AnySchema, { $ref: string }>;
