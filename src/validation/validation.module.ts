import { Module } from '@nestjs/common';
import { RequestValidator } from './request-validator.js';

/** Provides the RequestValidator to every door. */
@Module({ providers: [RequestValidator], exports: [RequestValidator] })
export class ValidationModule {}
