import { Module } from '@nestjs/common';
import { RequestValidator } from './request-validator.js';

/** Gives every door the one RequestValidator. */
@Module({ providers: [RequestValidator], exports: [RequestValidator] })
export class ValidationModule {}
